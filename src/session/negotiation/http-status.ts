interface StatusWords {
  readonly name: string;
  /** What it usually means where a CSMS says it, and what helps. */
  readonly remedy: string;
}

const words = (name: string, remedy: string): StatusWords => ({ name, remedy });

const CHECK_URL = 'Check host, port and path of the URL; the identity of the station comes last in it.';
const LATER = 'Look into the log of the CSMS, or of the load balancer before it, and try again.';

const STATUSES: Readonly<Record<number, StatusWords>> = {
  200: words('OK', 'An ordinary web server answers at this URL, not one of WebSockets. Check its port and path.'),
  301: words('Moved Permanently', 'Connect to the URL that the answer points to: a station does not follow it.'),
  302: words('Found', 'Connect to the URL that the answer points to: a station does not follow it.'),
  307: words('Temporary Redirect', 'Connect to the URL that the answer points to: a station does not follow it.'),
  308: words('Permanent Redirect', 'Connect to the URL that the answer points to: a station does not follow it.'),
  400: words(
    'Bad Request',
    'Check the path, whether this port wants TLS, and whether a proxy on the way changes headers.',
  ),
  401: words(
    'Unauthorized',
    'Check the password, and that the user name is the identity of the station; the CSMS may want another security profile.',
  ),
  403: words('Forbidden', 'Ask the operator of the CSMS whether this station, or its certificate, is let in.'),
  404: words('Not Found', `Check that the CSMS knows the identity of the station. ${CHECK_URL}`),
  405: words('Method Not Allowed', CHECK_URL),
  426: words('Upgrade Required', 'Check that no proxy on the way takes the Upgrade header out.'),
  429: words('Too Many Requests', 'Let more time pass between attempts to connect.'),
  431: words('Request Header Fields Too Large', 'Send fewer or shorter headers.'),
  500: words('Internal Server Error', LATER),
  502: words('Bad Gateway', LATER),
  503: words('Service Unavailable', LATER),
  504: words('Gateway Timeout', LATER),
};

/** A status with its name. */
export function httpStatusInWords(status: number): string {
  const name = STATUSES[status]?.name;
  return name ? `HTTP ${status} ${name}` : `HTTP ${status}`;
}

/** What usually helps where a CSMS answers so. */
export function httpStatusRemedy(status: number): string {
  return STATUSES[status]?.remedy ?? CHECK_URL;
}
