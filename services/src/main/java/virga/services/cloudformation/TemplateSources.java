package virga.services.cloudformation;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import virga.cloud.Environment;
import virga.kernel.ByteStream;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.s3.GetObjectRequest;
import virga.model.s3.S3;
import virga.services.cloudformation.template.TemplateErrors;
import virga.services.cloudformation.template.TemplateText;

/** Where templates come from: the request itself, or an object in S3 that the caller may read. */
final class TemplateSources {
    private TemplateSources() {}

    /** The template's text; empty where neither is given. @throws Fault where both are, or the object cannot be read */
    static Optional<String> read(
            Environment environment, Call call, Optional<String> templateBody, Optional<String> templateUrl) {
        if (templateBody.isPresent() && templateUrl.isPresent()) {
            throw TemplateErrors.validation("Specify either TemplateBody or TemplateURL, not both");
        }
        templateBody.ifPresent(TemplateText::checkBodyLength);
        return templateBody.or(() -> templateUrl.map(url -> object(environment, call, url)));
    }

    /** As {@link #read}, where there must be one. */
    static String require(
            Environment environment, Call call, Optional<String> templateBody, Optional<String> templateUrl) {
        return read(environment, call, templateBody, templateUrl)
                .orElseThrow(
                        () -> TemplateErrors.validation("Either Template URL or Template Body must be specified."));
    }

    private static String object(Environment environment, Call call, String url) {
        Location location = Location.parse(url)
                .orElseThrow(() -> TemplateErrors.validation("TemplateURL must be a supported URL."));
        Call next = environment.newCall(call.scope(), call.principal(), call.causeOfWhatFollows("cloudformation"));
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(location.bucket())
                .key(location.key())
                .build();
        try {
            String text = environment
                    .call(next, S3.GET_OBJECT, request)
                    .body()
                    .map(ByteStream::readAll)
                    .map(bytes -> bytes.utf8())
                    .orElse("");
            TemplateText.checkObjectLength(text);
            return text;
        } catch (Fault fault) {
            if (fault.code().equals("ValidationError")) {
                throw fault;
            }
            throw TemplateErrors.validation("S3 error: " + fault.getMessage());
        }
    }

    /** An object as a URL names it: by path or by host, at AWS or at this cloud's own door. */
    record Location(String bucket, String key) {
        static Optional<Location> parse(String url) {
            URI uri;
            try {
                uri = new URI(url);
            } catch (java.net.URISyntaxException malformed) {
                return Optional.empty();
            }
            if (uri.getHost() == null
                    || uri.getRawPath() == null
                    || !uri.getScheme().startsWith("http")) {
                return Optional.empty();
            }
            String host = uri.getHost();
            String path = URLDecoder.decode(
                    uri.getRawPath().replaceFirst("^/", "").replace("+", "%2B"), StandardCharsets.UTF_8);
            int end = bucketEnd(host);
            if (end > 0) {
                return path.isEmpty() ? Optional.empty() : Optional.of(new Location(host.substring(0, end), path));
            }
            int slash = path.indexOf('/');
            return slash < 1 || slash == path.length() - 1
                    ? Optional.empty()
                    : Optional.of(new Location(path.substring(0, slash), path.substring(slash + 1)));
        }

        /** Where the bucket ends in a host that begins with one: before {@code .s3.}, {@code .s3-}, or {@code .localhost}. */
        private static int bucketEnd(String host) {
            for (String mark : new String[] {".s3.", ".s3-", ".localhost"}) {
                int at = host.indexOf(mark);
                if (at > 0) {
                    return host.startsWith("s3.") ? -1 : at;
                }
            }
            return -1;
        }
    }
}
