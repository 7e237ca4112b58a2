package virga.cloud.authorize;

import java.util.List;
import virga.kernel.Principal;

/**
 * The {@code Principal} or {@code NotPrincipal} of a statement.
 *
 * <p>Source: "AWS JSON policy elements: Principal", AWS IAM User Guide.
 *
 * @param given whether the statement has the element at all
 * @param negated whether it is {@code NotPrincipal}
 */
record Principals(boolean given, boolean negated, List<Named> named) {
    static final Principals ABSENT = new Principals(false, false, List.of());

    /** One principal as it is written; {@code type} is {@code AWS}, {@code Service}, {@code Federated} or {@code CanonicalUser}. */
    record Named(String type, String value) {}

    /** How closely a principal is named; the closer, the less else is asked of it. */
    enum Closeness {
        NOT,
        /** By its account: authority is passed to the account, whose own policies must allow it too. */
        ACCOUNT,
        /** By its role, or by everyone: its boundary and session policies still limit it. */
        ROLE,
        /** By itself: nothing but an explicit denial takes the permission away. */
        ITSELF
    }

    Closeness closeness(Principal principal) {
        Closeness closest = Closeness.NOT;
        for (Named name : named) {
            Closeness next = closeness(name, principal);
            if (next.compareTo(closest) > 0) {
                closest = next;
            }
        }
        if (negated) {
            return closest == Closeness.NOT ? Closeness.ROLE : Closeness.NOT;
        }
        return closest;
    }

    private static Closeness closeness(Named name, Principal principal) {
        if (principal instanceof Principal.Service service) {
            boolean everyone = name.type.equals("AWS") && name.value.equals("*");
            return everyone || name.type.equals("Service") && isService(name.value, service.name())
                    ? Closeness.ITSELF
                    : Closeness.NOT;
        }
        if (!name.type.equals("AWS")) {
            return Closeness.NOT;
        }
        if (name.value.equals("*")) {
            return principal instanceof Principal.RoleSession ? Closeness.ROLE : Closeness.ITSELF;
        }
        return switch (principal) {
            case Principal.Anonymous anonymous -> Closeness.NOT;
            case Principal.Service service -> Closeness.NOT;
            case Principal.Root root -> isAccount(name.value, root.account()) ? Closeness.ITSELF : Closeness.NOT;
            case Principal.User user ->
                isEntity(name.value, user.account(), "user/", user.name())
                        ? Closeness.ITSELF
                        : byAccount(name.value, user.account());
            case Principal.RoleSession session -> {
                if (name.value.equals(session.arn())) {
                    yield Closeness.ITSELF;
                }
                yield isEntity(name.value, session.account(), "role/", session.roleName())
                        ? Closeness.ROLE
                        : byAccount(name.value, session.account());
            }
        };
    }

    /** Some services are also named with their region, as in {@code states.eu-west-1.amazonaws.com}. */
    private static boolean isService(String written, String name) {
        return written.equals("*")
                || written.equals(name)
                || written.replaceFirst("\\.[a-z]{2}(-[a-z]+)+-\\d\\.", ".").equals(name);
    }

    private static Closeness byAccount(String written, String account) {
        return isAccount(written, account) ? Closeness.ACCOUNT : Closeness.NOT;
    }

    private static boolean isAccount(String written, String account) {
        return written.equals(account) || written.equals("arn:aws:iam::" + account + ":root");
    }

    /** Names are unique in an account whatever their path, and a principal carries no path. */
    private static boolean isEntity(String written, String account, String type, String name) {
        String prefix = "arn:aws:iam::" + account + ":" + type;
        return written.startsWith(prefix)
                && written.substring(written.lastIndexOf('/') + 1).equals(name);
    }
}
