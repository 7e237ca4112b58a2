package virga.services.sts;

import virga.model.sts.Credentials;

/** Credentials as answers show them. */
final class IssuedCredentials {
    private IssuedCredentials() {}

    static Credentials shown(virga.kernel.Credentials credentials) {
        return Credentials.builder()
                .accessKeyId(credentials.accessKeyId())
                .secretAccessKey(credentials.secretAccessKey())
                .sessionToken(credentials.sessionToken())
                .expiration(credentials.expiration())
                .build();
    }
}
