package virga.protocol.routing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import virga.protocol.routing.Destination.UserEndpoint;

/**
 * What a host name says. Source: "AWS service endpoints", AWS General Reference; "Virtual hosting of buckets", S3 User Guide; and the
 * names that other emulators answer to.
 *
 * @param endpointPrefix the service's label, as in {@code sqs} or {@code streams.dynamodb}; empty where the name does not say
 * @param bucket of a virtual-hosted S3 request; empty otherwise
 * @param userEndpoint the user's API, function or website that the name belongs to
 */
record HostName(String endpointPrefix, String bucket, UserEndpoint userEndpoint) {
    private static final HostName BARE = new HostName("", "", null);
    private static final List<String> DOMAINS = List.of(
            "localhost.localstack.cloud", "localhost", "amazonaws.com", "amazonaws.com.cn", "api.aws", "on.aws");

    /** @param known the endpoint prefixes of the services there are */
    static HostName of(String header, Set<String> known) {
        String host = withoutPort(header).toLowerCase(Locale.ROOT);
        if (host.indexOf('.') < 0 || Character.isDigit(host.charAt(host.length() - 1)) || host.startsWith("[")) {
            return BARE;
        }
        String[] labels = labelsBeforeDomain(host);
        return userEndpoint(labels).or(() -> bucket(labels)).orElseGet(() -> service(host, labels, known));
    }

    Optional<UserEndpoint> asUserEndpoint() {
        return Optional.ofNullable(userEndpoint);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static String[] labelsBeforeDomain(String host) {
        for (String domain : DOMAINS) {
            if (host.equals(domain)) {
                return new String[0];
            }
            if (host.endsWith(domain) && host.charAt(host.length() - domain.length() - 1) == '.') {
                return host.substring(0, host.length() - domain.length() - 1).split("\\.");
            }
        }
        return host.split("\\.");
    }

    private static Optional<HostName> userEndpoint(String[] labels) {
        for (int i = 1; i < labels.length; i++) {
            UserEndpoint.Kind kind = switch (labels[i]) {
                case "execute-api" -> UserEndpoint.Kind.EXECUTE_API;
                case "lambda-url" -> UserEndpoint.Kind.FUNCTION_URL;
                default -> labels[i].startsWith("s3-website") ? UserEndpoint.Kind.BUCKET_WEBSITE : null;
            };
            if (kind != null) {
                String id = kind == UserEndpoint.Kind.BUCKET_WEBSITE ? joined(labels, i) : labels[i - 1];
                return Optional.of(new HostName("", "", new UserEndpoint(kind, id)));
            }
        }
        return Optional.empty();
    }

    /** From the right, because a bucket's name may hold dots and even {@code s3}. */
    private static Optional<HostName> bucket(String[] labels) {
        for (int i = labels.length - 1; i >= 0; i--) {
            if (labels[i].equals("s3") || labels[i].startsWith("s3-") && !labels[i].equals("s3-control")) {
                return Optional.of(new HostName("s3", joined(labels, i), null));
            }
        }
        return Optional.empty();
    }

    private static HostName service(String host, String[] labels, Set<String> known) {
        for (int length = Math.min(labels.length, 3); length > 0; length--) {
            String prefix = joined(labels, length);
            if (known.contains(prefix)) {
                return new HostName(prefix, "", null);
            }
        }
        boolean legacyQueue = labels.length > 0 && labels[labels.length - 1].equals("queue");
        if (legacyQueue && known.contains("sqs")) {
            return new HostName("sqs", "", null);
        }
        // The SDKs put the bucket before whatever endpoint they were given: http://photos.localhost:4566.
        boolean local = host.endsWith("localhost") || host.endsWith("localhost.localstack.cloud");
        return local && labels.length > 0 ? new HostName("", joined(labels, labels.length), null) : BARE;
    }

    private static String joined(String[] labels, int count) {
        return String.join(".", List.of(labels).subList(0, count));
    }
}
