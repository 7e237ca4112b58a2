package virga.services.iam;

import java.util.ArrayList;
import java.util.List;
import virga.store.Reading;

/** Who in an account holds which managed policies. */
record Attachments(List<Holder> holders) {
    /** @param boundary the ARN of the permissions boundary, or empty */
    record Holder(String type, Identity.Facts facts, Grants grants, String boundary) {}

    static Attachments of(Reading reading, String account) {
        List<Holder> holders = new ArrayList<>();
        for (Identity.Group group : Identities.GROUPS.all(reading, account)) {
            holders.add(new Holder("group", group.facts(), group.grants(), ""));
        }
        for (Identity.User user : Identities.USERS.all(reading, account)) {
            holders.add(new Holder("user", user.facts(), user.grants(), user.boundary()));
        }
        for (Identity.Role role : Identities.ROLES.all(reading, account)) {
            holders.add(new Holder("role", role.facts(), role.grants(), role.boundary()));
        }
        return new Attachments(holders);
    }

    /** How many hold the policy. */
    int count(String arn) {
        return (int) holders.stream()
                .filter(holder -> holder.grants.attached().contains(arn))
                .count();
    }

    /** How many have it as their permissions boundary. */
    int boundaries(String arn) {
        return (int)
                holders.stream().filter(holder -> holder.boundary.equals(arn)).count();
    }
}
