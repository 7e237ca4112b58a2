package virga.services.ssm;

/**
 * What Parameter Store allows. Source: "AWS Systems Manager endpoints and quotas", AWS General Reference.
 *
 * @param standardLength characters of a value in the standard tier
 * @param versions kept of one parameter
 * @param labels of one version
 * @param levels of a hierarchy
 */
public record SsmLimits(
        int standardParameters,
        int advancedParameters,
        int standardLength,
        int advancedLength,
        int versions,
        int labels,
        int levels,
        int tags) {
    public static final SsmLimits AWS = new SsmLimits(10_000, 100_000, 4096, 8192, 100, 10, 15, 50);
}
