/**
 * Lineages in AWS X-Ray's shapes: segment documents, trace summaries and the service graph. Source: "AWS X-Ray segment documents", AWS
 * X-Ray Developer Guide, and the X-Ray API Reference. Every call is there, whether or not the application was instrumented.
 */
package virga.observe.xray;
