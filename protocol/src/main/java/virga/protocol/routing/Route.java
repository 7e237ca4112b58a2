package virga.protocol.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import virga.model.Member;
import virga.model.Operation;
import virga.model.Traits;
import virga.protocol.Headers;
import virga.protocol.Parameters;

/** One operation at the end of a path, and what its requests must carry beside the path. */
final class Route {
    private static final int NOT_AT_ALL = -1;
    /** Above any number of requirements that an operation has. */
    private static final int ALL_THERE = 1000;
    /** A literal of the pattern weighs more than all that the pattern does not say. */
    private static final int LITERAL = 2 * ALL_THERE;

    /** What S3's operations that share a path require, for those of them that are not modelled. */
    private static final Map<String, List<String>> REQUIRED_PARAMETERS = Map.ofEntries(
            Map.entry("UploadPart", List.of("partNumber", "uploadId")),
            Map.entry("UploadPartCopy", List.of("partNumber", "uploadId")),
            Map.entry("ListParts", List.of("uploadId")),
            Map.entry("AbortMultipartUpload", List.of("uploadId")),
            Map.entry("CompleteMultipartUpload", List.of("uploadId")),
            Map.entry("GetBucketAnalyticsConfiguration", List.of("id")),
            Map.entry("GetBucketIntelligentTieringConfiguration", List.of("id")),
            Map.entry("GetBucketInventoryConfiguration", List.of("id")),
            Map.entry("GetBucketMetricsConfiguration", List.of("id")));

    private static final Map<String, List<String>> REQUIRED_HEADERS = Map.of(
            "CopyObject", List.of("x-amz-copy-source"),
            "UploadPartCopy", List.of("x-amz-copy-source"),
            "RenameObject", List.of("x-amz-rename-source"));

    private final Operation<?, ?> operation;
    private final List<String> labels;
    /** The query parameters of the pattern: name, value; an empty value fits any. */
    private final List<String> literals = new ArrayList<>();

    private volatile Required required;

    /** The query parameters and the headers that the operation requires. */
    private record Required(List<String> parameters, List<String> headers) {}

    /**
     * @param labels the names of the path's labels, in order
     * @param query of the pattern
     */
    Route(Operation<?, ?> operation, List<String> labels, String query) {
        this.operation = operation;
        this.labels = labels;
        Parameters.parse(query).forEach((name, value) -> {
            // x-id only names the operation for logs, and clients other than the SDKs leave it out.
            if (!name.equals("x-id")) {
                literals.add(name);
                literals.add(value);
            }
        });
    }

    Operation<?, ?> operation() {
        return operation;
    }

    List<String> labels() {
        return labels;
    }

    /** Looked for when a request comes to this path: the inputs of all operations are a good part of the model. */
    private Required required() {
        Required known = required;
        if (known == null) {
            known = requiredBy(operation);
            required = known;
        }
        return known;
    }

    private static Required requiredBy(Operation<?, ?> operation) {
        List<String> parameters = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        if (operation.isModelled()) {
            for (Member member : operation.input().members()) {
                Traits traits = member.traits();
                if (traits.required() && traits.location() == Traits.Location.QUERY) {
                    parameters.add(member.wireName());
                } else if (traits.required() && traits.location() == Traits.Location.HEADER) {
                    headers.add(member.wireName());
                }
            }
        } else if (operation.service().modelName().equals("s3")) {
            parameters.addAll(REQUIRED_PARAMETERS.getOrDefault(operation.name(), List.of()));
            headers.addAll(REQUIRED_HEADERS.getOrDefault(operation.name(), List.of()));
        }
        return new Required(parameters, headers);
    }

    String method() {
        return operation.http().method();
    }

    /** How well a request fits: below zero not at all. One that lacks something required fits, but worse than any that does not. */
    int fit(Parameters query, Headers sent) {
        for (int i = 0; i < literals.size(); i += 2) {
            String wanted = literals.get(i + 1);
            boolean there = wanted.isEmpty()
                    ? query.has(literals.get(i))
                    : query.all(literals.get(i)).contains(wanted);
            if (!there) {
                return NOT_AT_ALL;
            }
        }
        Required required = required();
        int there = 0;
        for (String name : required.parameters()) {
            there += query.has(name) ? 1 : 0;
        }
        for (String name : required.headers()) {
            there += sent.has(name) ? 1 : 0;
        }
        int all = required.parameters().size() + required.headers().size();
        int score = literals.size() / 2 * LITERAL + there;
        return there == all ? score + ALL_THERE : score;
    }

    /** Of two that fit alike: the modelled one, then the one with the longer name, since the older form of an operation has the shorter. */
    boolean isPreferredTo(Route other) {
        if (operation.isModelled() != other.operation.isModelled()) {
            return operation.isModelled();
        }
        return operation.name().length() > other.operation.name().length();
    }
}
