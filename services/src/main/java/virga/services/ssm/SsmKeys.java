package virga.services.ssm;

import static virga.store.Part.number;
import static virga.store.Part.text;

import virga.store.KeySpace;

/** Parameter Store's key tree. */
final class SsmKeys {
    static final KeySpace PARAMETER = KeySpace.of("ssm/parameter", text("account"), text("region"), text("name"));
    static final KeySpace VERSION =
            KeySpace.of("ssm/version", text("account"), text("region"), text("name"), number("version"));

    private SsmKeys() {}
}
