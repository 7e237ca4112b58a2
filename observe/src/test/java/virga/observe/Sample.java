package virga.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import virga.kernel.Bytes;
import virga.kernel.CallRecord;
import virga.kernel.Cause;
import virga.kernel.Scope;

/** Builds records for tests. Unset, a record is a client's successful call of SQS SendMessage at the test's beginning. */
public final class Sample {
    public static final Scope SCOPE = new Scope("default", "000000000000", "us-east-1");
    public static final Instant BEGINNING = Instant.parse("2026-11-01T12:00:00Z");
    public static final String TRACE = "1-6905f3c0-aaaaaaaaaaaaaaaaaaaaaaaa";

    private final String id;
    private CallRecord.Kind kind = CallRecord.Kind.CALL;
    private String principal = "arn:aws:iam::000000000000:root";
    private final List<Cause> causes = new ArrayList<>();
    private String service = "sqs";
    private String operation = "SendMessage";
    private List<String> resources = List.of();
    private Instant startedAt = BEGINNING;
    private long durationNanos = 1_000_000;
    private String outcome = "ok";
    private int status = 200;
    private Bytes input = Bytes.EMPTY;
    private Bytes output = Bytes.EMPTY;
    private final SortedMap<String, String> details = new TreeMap<>();

    private Sample(String id) {
        this.id = id;
    }

    public static Sample call(String id, String service, String operation) {
        Sample sample = new Sample(id);
        sample.service = service;
        sample.operation = operation;
        return sample;
    }

    public static Sample invocation(String id, String function) {
        Sample sample =
                call(id, "lambda", "Invocation").on("arn:aws:lambda:us-east-1:000000000000:function:" + function);
        sample.kind = CallRecord.Kind.INVOCATION;
        return sample.detail("billedMillis", "1")
                .detail("memoryMegabytes", "1024")
                .detail("architecture", "x86_64");
    }

    public static Sample request(String id, String route) {
        Sample sample = call(id, "execute-api", route).on("arn:aws:apigateway:us-east-1::/apis/a1b2c3");
        sample.kind = CallRecord.Kind.REQUEST;
        sample.principal = "anonymous";
        return sample;
    }

    /** Adds a cause in this test's usual lineage. */
    public Sample after(String parent, String via) {
        return causedBy(new Cause(TRACE, parent, via));
    }

    public Sample causedBy(Cause cause) {
        causes.add(cause);
        return this;
    }

    public Sample kind(CallRecord.Kind value) {
        kind = value;
        return this;
    }

    public Sample by(String principalArn) {
        principal = principalArn;
        return this;
    }

    public Sample on(String... arns) {
        resources = List.of(arns);
        return this;
    }

    public Sample at(long millis) {
        startedAt = BEGINNING.plusMillis(millis);
        return this;
    }

    public Sample takes(double millis) {
        durationNanos = Math.round(millis * 1_000_000);
        return this;
    }

    public Sample fails(String code, int answered) {
        outcome = code;
        status = answered;
        return this;
    }

    public Sample status(int answered) {
        status = answered;
        return this;
    }

    public Sample input(Bytes value) {
        input = value;
        return this;
    }

    public Sample output(Bytes value) {
        output = value;
        return this;
    }

    public Sample detail(String name, String value) {
        details.put(name, value);
        return this;
    }

    public CallRecord record() {
        List<Cause> why = causes.isEmpty() ? List.of(Cause.root(TRACE)) : causes;
        return new CallRecord(
                id,
                kind,
                SCOPE,
                principal,
                why,
                service,
                operation,
                resources,
                startedAt,
                durationNanos,
                outcome,
                status,
                input,
                output,
                0,
                details);
    }
}
