package virga.services.iam;

import static virga.store.Part.text;

import virga.store.KeySpace;

/** IAM's key tree. Names are kept in lower case in keys: they are unique whatever their case. */
final class IamKeys {
    static final KeySpace ROLE = KeySpace.of("iam/role", text("account"), text("name"));
    static final KeySpace USER = KeySpace.of("iam/user", text("account"), text("name"));
    static final KeySpace GROUP = KeySpace.of("iam/group", text("account"), text("name"));
    static final KeySpace POLICY = KeySpace.of("iam/policy", text("account"), text("name"));
    static final KeySpace INSTANCE_PROFILE = KeySpace.of("iam/instance-profile", text("account"), text("name"));
    static final KeySpace ACCESS_KEY = KeySpace.of("iam/access-key", text("account"), text("user"), text("id"));
    static final KeySpace ALIAS = KeySpace.of("iam/account-alias", text("account"));

    private IamKeys() {}
}
