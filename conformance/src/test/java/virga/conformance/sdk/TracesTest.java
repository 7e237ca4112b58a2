package virga.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.TracingMode;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.InvalidRequestException;
import software.amazon.awssdk.services.xray.model.Segment;
import software.amazon.awssdk.services.xray.model.Service;
import software.amazon.awssdk.services.xray.model.Trace;
import software.amazon.awssdk.services.xray.model.TraceSummary;
import software.amazon.awssdk.services.xray.model.XRayException;
import virga.conformance.fixture.Account;
import virga.conformance.fixture.Accounts;
import virga.conformance.fixture.Refused;

/** Source: the operations' pages, AWS X-Ray API Reference; "AWS Lambda and AWS X-Ray", X-Ray Developer Guide. */
@ExtendWith(Accounts.class)
final class TracesTest {
    private static final Duration SPAN = Duration.ofMinutes(5);

    private static String invoked(Account account, String kind) {
        Functions functions = Functions.in(account);
        String name = functions.create("traced", Map.of("KIND", kind));
        functions
                .lambda()
                .updateFunctionConfiguration(
                        request -> request.functionName(name).tracingConfig(config -> config.mode(TracingMode.ACTIVE)));
        functions
                .lambda()
                .waiter()
                .waitUntilFunctionUpdatedV2(request -> request.functionName(name), account.waiting());
        functions.lambda().invoke(request -> request.functionName(name).payload(SdkBytes.fromUtf8String("{}")));
        return name;
    }

    /** The summary of the trace that the function's invocation left. */
    private static TraceSummary summary(Account account, XRayClient xray, String function) {
        return account.eventually(() -> summaries(xray, function), found -> !found.isEmpty())
                .getFirst();
    }

    private static List<TraceSummary> summaries(XRayClient xray, String function) {
        Instant now = Instant.now();
        return xray
                .getTraceSummariesPaginator(
                        request -> request.startTime(now.minus(SPAN)).endTime(now.plusSeconds(1)))
                .stream()
                .flatMap(page -> page.traceSummaries().stream())
                .filter(summary -> summary.resourceARNs().stream()
                        .anyMatch(resource -> resource.arn().endsWith(":function:" + function)))
                .filter(summary -> !Boolean.TRUE.equals(summary.isPartial()))
                .filter(summary -> summary.serviceIds().stream()
                        .anyMatch(service -> "AWS::Lambda::Function".equals(service.type())))
                .toList();
    }

    @Test
    void anInvocationLeavesATraceWithItsSegments(Account account) {
        XRayClient xray = account.client(XRayClient.builder());
        String function = invoked(account, "rain");
        TraceSummary summary = summary(account, xray, function);
        assertThat(summary.id()).matches("1-[0-9a-f]{8}-[0-9a-f]{24}");
        assertThat(summary.hasFault()).isFalse();
        assertThat(summary.hasError()).isFalse();
        assertThat(summary.duration()).isPositive();
        String unknown = "1-00000000-000000000000000000000000";
        var answer = xray.batchGetTraces(request -> request.traceIds(summary.id(), unknown));
        assertThat(answer.traces()).singleElement().satisfies(trace -> {
            assertThat(trace.id()).isEqualTo(summary.id());
            assertThat(trace.segments())
                    .extracting(Segment::document)
                    .anySatisfy(document -> assertThat(document)
                            .contains("\"origin\":\"AWS::Lambda\"", "\"name\":\"" + function + "\"", summary.id()))
                    .anySatisfy(document -> assertThat(document).contains("\"origin\":\"AWS::Lambda::Function\""));
        });
        assertThat(answer.unprocessedTraceIds()).containsExactly(unknown);
    }

    @Test
    void aFailureIsAFaultOfItsTrace(Account account) {
        XRayClient xray = account.client(XRayClient.builder());
        String function = invoked(account, "failure");
        TraceSummary summary = summary(account, xray, function);
        assertThat(summary.hasFault()).isTrue();
        Trace trace = xray.batchGetTraces(request -> request.traceIds(summary.id()))
                .traces()
                .getFirst();
        assertThat(trace.segments())
                .extracting(Segment::document)
                .anySatisfy(document -> assertThat(document).contains("\"fault\":true", "no water"));
    }

    @Test
    void theGraphShowsTheFunctionAndWhoCallsIt(Account account) {
        XRayClient xray = account.client(XRayClient.builder());
        String function = invoked(account, "rain");
        summary(account, xray, function);
        Instant now = Instant.now();
        List<Service> services = account.eventually(
                () -> xray.getServiceGraph(
                                request -> request.startTime(now.minus(SPAN)).endTime(now.plus(SPAN)))
                        .services(),
                found -> found.stream().anyMatch(service -> function.equals(service.name())));
        assertThat(services)
                .filteredOn(service -> function.equals(service.name()))
                .anySatisfy(service -> {
                    assertThat(service.type()).startsWith("AWS::Lambda");
                    assertThat(service.summaryStatistics().okCount()).isPositive();
                    assertThat(service.summaryStatistics().faultStatistics().totalCount())
                            .isZero();
                });
        assertThat(services).extracting(Service::referenceId).doesNotHaveDuplicates();
    }

    @Test
    void aRangeThatIsNoneIsRefused(Account account) {
        XRayClient xray = account.client(XRayClient.builder());
        Instant now = Instant.now();
        Refused.with(
                InvalidRequestException.class,
                "InvalidRequestException",
                400,
                "",
                () -> xray.getTraceSummaries(request ->
                        request.startTime(now.minus(Duration.ofHours(7))).endTime(now)));
        Refused.with(
                InvalidRequestException.class,
                "InvalidRequestException",
                400,
                "",
                () -> xray.getServiceGraph(request -> request.startTime(now).endTime(now.minusSeconds(1))));
    }

    @Test
    void aSamplingRuleIsRefusedByName(Account account) {
        XRayClient xray = account.client(XRayClient.builder());
        Refused.with(
                XRayException.class,
                "NotImplemented",
                501,
                "GetSamplingRules",
                () -> xray.getSamplingRules(request -> {}));
    }
}
