package virga.services.iam;

/**
 * What AWS allows in an account by default. Sizes are in characters, white space not counted.
 *
 * <p>Source: "IAM and AWS STS quotas", AWS IAM User Guide.
 */
public record IamLimits(
        PerAccount account,
        PolicySizes sizes,
        int attachedPolicies,
        int groupsPerUser,
        int accessKeysPerUser,
        int versionsPerPolicy,
        int tags) {
    /** How many of each an account may have. */
    public record PerAccount(int roles, int users, int groups, int policies, int instanceProfiles) {}

    /** How long documents may be: inline ones are counted together for each holder. */
    public record PolicySizes(int managed, int trust, int inlineOfRole, int inlineOfUser, int inlineOfGroup) {}

    public static final IamLimits AWS = new IamLimits(
            new PerAccount(1000, 5000, 300, 1500, 1000),
            new PolicySizes(6144, 2048, 10240, 2048, 5120),
            10,
            10,
            2,
            5,
            50);
}
