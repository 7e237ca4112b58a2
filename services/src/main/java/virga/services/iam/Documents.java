package virga.services.iam;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import virga.cloud.authorize.PolicyGrammar;
import virga.cloud.authorize.PolicyKind;
import virga.kernel.Fault;
import virga.model.iam.LimitExceededException;
import virga.model.iam.MalformedPolicyDocumentException;
import virga.store.Reading;

/** Policy documents on their way in and out. */
final class Documents {
    private Documents() {}

    /** @throws MalformedPolicyDocumentException where AWS would refuse the document */
    static void check(PolicyKind kind, String document) {
        try {
            PolicyGrammar.check(kind, document);
        } catch (Fault fault) {
            throw new MalformedPolicyDocumentException(fault.getMessage());
        }
    }

    /** @throws MalformedPolicyDocumentException where AWS would refuse the document in a role, user or group */
    static void checkInline(String document) {
        try {
            PolicyGrammar.checkInline(document);
        } catch (Fault fault) {
            throw new MalformedPolicyDocumentException(fault.getMessage());
        }
    }

    /** A trust policy; the users and roles that it names must exist where their account is this one. */
    static void checkTrust(Reading reading, String account, String document) {
        check(PolicyKind.TRUST, document);
        for (String principal : PolicyGrammar.principals(document)) {
            String prefix = "arn:aws:iam::" + account + ":";
            String name = principal.substring(principal.lastIndexOf('/') + 1);
            boolean missing = principal.startsWith(prefix + "role/")
                            && Identities.ROLES.find(reading, account, name).isEmpty()
                    || principal.startsWith(prefix + "user/")
                            && Identities.USERS.find(reading, account, name).isEmpty();
            if (missing) {
                throw new MalformedPolicyDocumentException(
                        "Invalid principal in policy: \"AWS\":\"" + principal + "\"");
            }
        }
    }

    /** @throws LimitExceededException where it is longer than {@code limit}, white space not counted */
    static void fits(String document, int limit, String quota) {
        if (size(document) > limit) {
            throw new LimitExceededException("Cannot exceed quota for " + quota + ": " + limit);
        }
    }

    static int size(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /** As IAM answers documents: percent-encoded as RFC 3986 has it. */
    static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
