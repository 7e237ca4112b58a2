package virga.protocol.signature;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import virga.protocol.HttpRequest;
import virga.protocol.PercentCoding;

/** The text that is signed for a request. Source: "Create a canonical request", IAM User Guide. */
final class CanonicalRequest {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private CanonicalRequest() {}

    /**
     * @param signedHeaders lower case, sorted, parted by semicolons
     * @param isS3 S3 encodes the path once and leaves it as it is; the others encode what was sent, and normalise it
     */
    static String of(HttpRequest request, String signedHeaders, String payloadHash, boolean isS3) {
        StringBuilder out = new StringBuilder(512);
        out.append(request.method()).append('\n');
        out.append(isS3 ? PercentCoding.encodePath(PercentCoding.decode(request.path())) : twice(request.path()))
                .append('\n');
        out.append(query(request.query())).append('\n');
        int start = 0;
        while (start < signedHeaders.length()) {
            int end = signedHeaders.indexOf(';', start);
            end = end < 0 ? signedHeaders.length() : end;
            String name = signedHeaders.substring(start, end);
            out.append(name).append(':').append(values(request, name)).append('\n');
            start = end + 1;
        }
        return out.append('\n')
                .append(signedHeaders)
                .append('\n')
                .append(payloadHash)
                .toString();
    }

    static String stringToSign(String amzDate, CredentialScope scope, String canonical) {
        return Signing.ALGORITHM + "\n" + amzDate + "\n" + scope.withoutKey() + "\n" + Signing.sha256Hex(canonical);
    }

    private static String values(HttpRequest request, String name) {
        List<String> all = request.headers().all(name);
        if (all.size() == 1) {
            return collapsed(all.getFirst());
        }
        return String.join(",", all.stream().map(CanonicalRequest::collapsed).toList());
    }

    /** Without spaces at the ends, and with single ones inside. */
    private static String collapsed(String value) {
        String stripped = value.strip();
        if (!stripped.contains("  ")) {
            return stripped;
        }
        StringBuilder out = new StringBuilder(stripped.length());
        for (int i = 0; i < stripped.length(); i++) {
            if (stripped.charAt(i) != ' ' || stripped.charAt(i - 1) != ' ') {
                out.append(stripped.charAt(i));
            }
        }
        return out.toString();
    }

    /** Sorted by encoded name, then value; without the signature itself. */
    private static String query(String query) {
        if (query.isEmpty()) {
            return "";
        }
        List<String> pairs = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty() || pair.startsWith("X-Amz-Signature=")) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            // \u0001 sorts a name before any longer one that begins with it, as comparing names and then values does.
            pairs.add(reencoded(name) + "\u0001" + reencoded(value));
        }
        Collections.sort(pairs);
        return String.join("&", pairs).replace('\u0001', '=');
    }

    private static String reencoded(String text) {
        return PercentCoding.encode(PercentCoding.decode(text));
    }

    private static String twice(String path) {
        return PercentCoding.encodePath(normalised(path));
    }

    /** Without empty and dot segments. */
    private static String normalised(String path) {
        if (!path.contains("//") && !path.contains("/.")) {
            return path.isEmpty() ? "/" : path;
        }
        ArrayDeque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            switch (segment) {
                case "", "." -> {
                    // Says nothing.
                }
                case ".." -> kept.pollLast();
                default -> kept.addLast(segment);
            }
        }
        boolean slash = path.endsWith("/") && !kept.isEmpty();
        return "/" + String.join("/", kept) + (slash ? "/" : "");
    }
}
