import { GateError } from '../../model/errors.ts';
import { codeOf } from './system-error.ts';

/** What to tell the user of one error code: the reason as a clause, and what to do. */
interface Explanation {
  readonly reason: string;
  readonly hint: string;
}

const TRUST_HINT =
  'Use a certificate that this machine trusts, or name the PEM file of its certificate authority in gateway.ca.file.';

const EXPLANATIONS: readonly (readonly [code: RegExp, explanation: Explanation])[] = [
  [
    /^ECONNREFUSED$/,
    { reason: 'the connection was refused', hint: 'Is the gateway up, and does it listen on this host and port?' },
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/,
    {
      reason: 'the host name does not resolve (DNS)',
      hint: 'Check the host in the gateway URL; is it public, or up already?',
    },
  ],
  [
    /^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    { reason: 'nothing answered in time', hint: 'Is a firewall in between, or the gateway in another network?' },
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    { reason: 'there is no route to the host', hint: 'Can this machine reach the network of the gateway?' },
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    { reason: 'its TLS certificate is self-signed and not trusted', hint: TRUST_HINT },
  ],
  [
    /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED)$/,
    { reason: 'its TLS certificate comes from an authority that is not trusted', hint: TRUST_HINT },
  ],
  [/^CERT_HAS_EXPIRED$/, { reason: 'its TLS certificate has expired', hint: 'Renew the certificate of the gateway.' }],
  [
    /^CERT_NOT_YET_VALID$/,
    { reason: 'its TLS certificate is not valid yet', hint: 'Check the clocks of this machine and of the gateway.' },
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    {
      reason: 'its TLS certificate is for another host name',
      hint: 'Use the host name that the certificate names in the gateway URL.',
    },
  ],
  [
    /^ERR_HTTP2_|NO_APPLICATION_PROTOCOL$/,
    {
      reason: 'it does not speak HTTP/2',
      hint: 'Take gateway.http2 out of the configuration, or turn HTTP/2 on in the gateway.',
    },
  ],
  [
    /^(EPROTO|ERR_SSL_.*)$/,
    { reason: 'it does not speak TLS as expected', hint: 'Is it http:// instead of https://, or the wrong port?' },
  ],
  [
    /^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/,
    { reason: 'it closed the connection while it was being opened', hint: 'Look into the log of the gateway.' },
  ],
];

const UNKNOWN: Explanation = { reason: 'the connection failed', hint: 'Check the gateway URL.' };

/** The error for a gateway that took no connection. `origin` is scheme, host and port. */
export const unreachable = (origin: string, cause: Error): GateError => {
  const code = codeOf(cause);
  const found = EXPLANATIONS.find(([pattern]) => code !== undefined && pattern.test(code));
  const { reason, hint } = found?.[1] ?? UNKNOWN;
  const suffix = code === undefined ? '' : ` (${code})`;
  return new GateError('unreachable', `The gateway at ${origin} cannot be reached: ${reason}${suffix}.`, {
    hint,
    cause,
  });
};
