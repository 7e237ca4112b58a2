/**
 * Whether the clients people already have find in Virga what they expect of AWS. The scenarios are written once and run in this process on
 * every build, over a socket in CI, and on AWS for who has an account.
 */
package virga.conformance;
