/** What tests here and in other modules share: a client of the AWS SDK without a socket, and a Virga of their own. */
package virga.server.testing;
