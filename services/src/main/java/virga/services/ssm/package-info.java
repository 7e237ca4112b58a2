/**
 * The Parameter Store of AWS Systems Manager. Of Systems Manager's other parts nothing is here.
 *
 * <p>Secure strings are kept as they are and answered only with {@code WithDecryption}; without, an opaque text stands for the ciphertext,
 * which no call of KMS turns back. Parameter policies (expiration, notification) and AWS's public parameters under {@code /aws/service}
 * are refused as unsupported. Where AWS answers {@code ParameterNotFound} it says nothing more, and so does Virga.
 */
package virga.services.ssm;
