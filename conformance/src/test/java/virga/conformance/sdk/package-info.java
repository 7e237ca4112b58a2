/** Scenarios with the AWS SDK for Java: what it sends, reads, waits for, pages through and throws. */
package virga.conformance.sdk;
