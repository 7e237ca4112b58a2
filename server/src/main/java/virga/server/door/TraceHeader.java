package virga.server.door;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.protocol.HttpRequest;

/** The header that carries a trace over HTTP. Source: "Tracing header", AWS X-Ray Developer Guide. */
final class TraceHeader {
    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)");

    private TraceHeader() {}

    /** The trace that a client began, where it sent a well-formed one. */
    static Optional<String> root(HttpRequest request) {
        Matcher matcher = ROOT.matcher(request.headers().value("X-Amzn-Trace-Id", ""));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
