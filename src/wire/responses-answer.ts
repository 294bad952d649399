import { isJsonObject, type JsonObject } from './json.ts';
import { type StreamAnswer, textOf } from './stream-answer.ts';

/**
 * Streams of `/v1/responses`: typed events, ended by `response.completed` or `response.incomplete`, which carry the whole
 * answer. Every `….delta` with text in it is content: output text, reasoning, refusal, arguments of a call. A `[DONE]` that
 * a gateway adds is tolerated, and ends nothing.
 */
export const createResponsesAnswer = (): StreamAnswer => new ResponsesAnswer();

class ResponsesAnswer implements StreamAnswer {
  readonly terminator = 'response.completed or response.incomplete';
  finished = false;
  #response: JsonObject = {};

  add(type: string, event: JsonObject): number {
    if (isJsonObject(event.response)) this.#response = event.response;
    if (type === 'response.completed' || type === 'response.incomplete') this.finished = true;
    return type.endsWith('.delta') ? textOf(event.delta).length : 0;
  }

  done(): void {}

  answer(): JsonObject {
    return this.#response;
  }
}
