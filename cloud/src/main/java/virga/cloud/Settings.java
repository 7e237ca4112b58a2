package virga.cloud;

/**
 * What an environment can be set to.
 *
 * @param accountId the account of callers whose key names none
 * @param authorization whether denied calls are refused or only recorded
 * @param accountConcurrency function environments at once in an account and region
 */
public record Settings(String accountId, String region, Authorization authorization, int accountConcurrency) {
    /** {@code AUDIT} allows and records what would have been denied; {@code ENFORCE} denies. */
    public enum Authorization {
        AUDIT,
        ENFORCE
    }

    public static final Settings DEFAULT = new Settings("000000000000", "us-east-1", Authorization.AUDIT, 1000);

    public Settings {
        if (!accountId.matches("\\d{12}")) {
            throw new IllegalArgumentException("accountId must be 12 digits: " + accountId);
        }
        if (accountConcurrency < 1) {
            throw new IllegalArgumentException("accountConcurrency must be at least 1: " + accountConcurrency);
        }
    }

    public Settings withAuthorization(Authorization other) {
        return new Settings(accountId, region, other, accountConcurrency);
    }
}
