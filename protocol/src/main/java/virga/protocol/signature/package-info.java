/**
 * AWS Signature Version 4, both sides: who signed a request, whether the signature holds, and signing for Virga's own clients.
 *
 * <p>Source: "AWS Signature Version 4 for API requests", IAM User Guide, and "Authenticating Requests (AWS Signature Version 4)",
 * Amazon S3 API Reference. Signature Version 4A and S3's POST policy forms are refused.
 */
package virga.protocol.signature;
