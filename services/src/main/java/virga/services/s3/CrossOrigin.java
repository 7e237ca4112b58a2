package virga.services.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import virga.cloud.http.Header;
import virga.kernel.Fault;
import virga.model.s3.CORSConfiguration;
import virga.model.s3.CORSRule;
import virga.store.Reading;

/**
 * What browsers let pages of other origins do with a bucket. The door asks: preflights are answered before any signature is looked at,
 * and the headers go to every answer, errors among them. An actual request that no rule allows is served all the same, without headers.
 *
 * <p>Source: "Using cross-origin resource sharing (CORS)", Amazon S3 User Guide; "OPTIONS object", Amazon S3 API Reference. The page
 * says that the method asked for is answered; S3 answers all methods of the rule, and so does this.
 */
public final class CrossOrigin {
    private CrossOrigin() {}

    /**
     * What a browser says of the request that a page wants to make.
     *
     * @param method the one that the page wants to use, or empty where a preflight does not say
     * @param headers that the page wants to send
     */
    public record Asked(String origin, String method, List<String> headers) {
        public Asked {
            headers = List.copyOf(headers);
        }
    }

    /** Whether there is such a bucket. */
    public static boolean has(Reading reading, String bucket) {
        return Buckets.named(reading, bucket).isPresent();
    }

    /**
     * The headers that answer a preflight.
     *
     * @param object whether it is about an object, not the bucket
     * @throws Fault {@code AccessForbidden}
     */
    public static List<Header> preflight(Reading reading, String bucket, boolean object, Asked asked) {
        if (!has(reading, bucket)) {
            throw new CrossOriginRefused("CORSResponse: Bucket not found", asked, "BUCKET");
        }
        CORSConfiguration rules = BucketSetting.CORS
                .of(reading, bucket)
                .orElseThrow(() ->
                        new CrossOriginRefused("CORSResponse: CORS is not enabled for this bucket.", asked, "BUCKET"));
        return rules.corsRules().stream()
                .filter(rule -> allows(rule, asked))
                .findFirst()
                .map(rule -> headers(rule, asked))
                .orElseThrow(() -> new CrossOriginRefused(
                        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin,"
                                + " request method / Access-Control-Request-Method or Access-Control-Request-Headers are"
                                + " not whitelisted by the resource's CORS spec.",
                        asked,
                        object ? "OBJECT" : "BUCKET"));
    }

    /** The headers of the answer to an actual request; none where no rule allows it. */
    public static List<Header> headers(Reading reading, String bucket, Asked asked) {
        return BucketSetting.CORS
                .of(reading, bucket)
                .flatMap(rules -> rules.corsRules().stream()
                        .filter(rule -> allows(rule, asked))
                        .findFirst())
                .map(rule -> headers(rule, asked))
                .orElse(List.of());
    }

    private static boolean allows(CORSRule rule, Asked asked) {
        return rule.allowedOrigins().stream().anyMatch(pattern -> matches(pattern, asked.origin))
                && rule.allowedMethods().contains(asked.method)
                && asked.headers.stream()
                        .allMatch(header -> rule.allowedHeaders().stream()
                                .anyMatch(pattern -> matches(lower(pattern), lower(header))));
    }

    /** A pattern has at most one asterisk, which stands for any text, the empty one too. */
    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        return star < 0
                ? pattern.equals(text)
                : text.length() >= pattern.length() - 1
                        && text.startsWith(pattern.substring(0, star))
                        && text.endsWith(pattern.substring(star + 1));
    }

    private static List<Header> headers(CORSRule rule, Asked asked) {
        boolean any = rule.allowedOrigins().contains("*");
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Access-Control-Allow-Origin", any ? "*" : asked.origin));
        headers.add(new Header("Access-Control-Allow-Methods", String.join(", ", rule.allowedMethods())));
        if (!asked.headers.isEmpty()) {
            headers.add(new Header(
                    "Access-Control-Allow-Headers",
                    asked.headers.stream().map(CrossOrigin::lower).collect(Collectors.joining(", "))));
        }
        if (!rule.exposeHeaders().isEmpty()) {
            headers.add(new Header("Access-Control-Expose-Headers", String.join(", ", rule.exposeHeaders())));
        }
        rule.maxAgeSeconds().ifPresent(age -> headers.add(new Header("Access-Control-Max-Age", age.toString())));
        if (!any) {
            headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        headers.add(new Header("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"));
        return headers;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** What S3 refuses when rules are put. */
    static void check(CORSConfiguration configuration) {
        if (configuration.corsRules().isEmpty()) {
            throw S3Faults.malformedXml();
        } else if (configuration.corsRules().size() > 100) {
            throw S3Faults.invalidRequest("The number of CORS rules should not exceed allowed limit of 100 rules.");
        }
        configuration.corsRules().forEach(CrossOrigin::check);
    }

    private static void check(CORSRule rule) {
        if (rule.allowedOrigins().isEmpty() || rule.allowedMethods().isEmpty()) {
            throw S3Faults.malformedXml();
        }
        for (String method : rule.allowedMethods()) {
            if (!List.of("GET", "PUT", "HEAD", "POST", "DELETE").contains(method)) {
                throw S3Faults.invalidRequest(
                        "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
            }
        }
        checkWildcards("AllowedOrigin", rule.allowedOrigins());
        checkWildcards("AllowedHeader", rule.allowedHeaders());
        Optional<String> wildcard = rule.exposeHeaders().stream()
                .filter(header -> header.contains("*"))
                .findFirst();
        if (wildcard.isPresent()) {
            throw S3Faults.invalidRequest("ExposeHeader \"" + wildcard.get()
                    + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
        }
    }

    private static void checkWildcards(String element, List<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
                throw S3Faults.invalidRequest(element + " \"" + pattern + "\" can not have more than one wildcard.");
            }
        }
    }
}
