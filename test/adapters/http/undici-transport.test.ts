import { createUndiciTransport } from '../../support/undici-transport/undici-transport.ts';
import { testTransport } from './transport-contract.ts';

testTransport('undici', createUndiciTransport);
