/**
 * Which operation of which service does a request mean? The target header, the action parameter, or method and path; the service from
 * the host name, the signature's scope or the operation itself; and what is not an API operation at all, but a call to an API or a
 * function that the user deployed.
 */
package virga.protocol.routing;
