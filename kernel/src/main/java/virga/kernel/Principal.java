package virga.kernel;

/**
 * Who makes a call. The ARN is what {@code sts:GetCallerIdentity} answers and what policies match.
 *
 * <p>Source: "AWS JSON policy elements: Principal", AWS IAM User Guide.
 */
public sealed interface Principal {
    String account();

    String arn();

    /** The account's root user: allowed everything, as on AWS. */
    record Root(String account) implements Principal {
        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":root";
        }
    }

    /** An IAM user, by name. */
    record User(String account, String name) implements Principal {
        @Override
        public String arn() {
            return "arn:aws:iam::" + account + ":user/" + name;
        }
    }

    /** A session of an IAM role. {@code sessionPolicy} is a policy document, or empty. */
    record RoleSession(String account, String roleName, String sessionName, String sessionPolicy) implements Principal {
        public RoleSession(String account, String roleName, String sessionName) {
            this(account, roleName, sessionName, "");
        }

        @Override
        public String arn() {
            return "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + sessionName;
        }
    }

    /**
     * An AWS service acting for a resource: {@code events.amazonaws.com} for a rule. {@code sourceArn} is that resource, for
     * {@code aws:SourceArn} conditions; empty where there is none.
     */
    record Service(String account, String name, String sourceArn) implements Principal {
        @Override
        public String arn() {
            return name;
        }
    }

    /** A request that carries no credentials, such as a call to a public HTTP API. */
    record Anonymous(String account) implements Principal {
        @Override
        public String arn() {
            return "anonymous";
        }
    }
}
