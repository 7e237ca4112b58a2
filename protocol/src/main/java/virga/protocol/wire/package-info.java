/**
 * AWS's wire protocols, over schemas: reading an operation's input from a request, writing its output or its error into a response.
 *
 * <p>{@link virga.protocol.wire.ServerProtocol} is what the door uses; everything else follows from the shapes. Where a real service
 * differs from its protocol (S3's errors, DynamoDB's checksum, SQS's old codes), the difference is named in one place here.
 *
 * <p>Sources: the protocol pages of Smithy's documentation ("AWS Protocols"), proved with Smithy's own test vectors.
 */
package virga.protocol.wire;
