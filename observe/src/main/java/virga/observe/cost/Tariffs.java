package virga.observe.cost;

import java.math.BigDecimal;
import java.util.Set;
import virga.kernel.CallRecord;
import virga.kernel.Details;
import virga.observe.Count;

/**
 * Which price applies to what. Source: each service's pricing page, named in the price file. Throttled and denied calls are not billed;
 * functions that fail are.
 */
final class Tariffs {
    private static final BigDecimal MEGABYTES_PER_GIGABYTE = BigDecimal.valueOf(1024);
    private static final BigDecimal BYTES_PER_GIGABYTE = BigDecimal.valueOf(1L << 30);
    private static final int FREE_TEMPORARY_MEGABYTES = 512;
    private static final int CHUNK = 64 << 10;
    private static final int HTTP_API_CHUNK = 512 << 10;
    private static final int WEBSOCKET_CHUNK = 32 << 10;

    /** Services whose API calls cost nothing by themselves. */
    private static final Set<String> FREE = Set.of(
            "apigateway",
            "application-autoscaling",
            "cloudformation",
            "cloudwatch",
            "execute-api",
            "iam",
            "lambda",
            "pipes",
            "ssm",
            "sts",
            "tagging",
            "xray");

    private static final Set<String> S3_FREE =
            Set.of("DeleteObject", "DeleteObjects", "DeleteBucket", "AbortMultipartUpload");

    private Tariffs() {}

    static Cost of(CallRecord record, PriceList prices) {
        if (record.status() == 429 || record.status() == 403) {
            return Cost.NOTHING;
        }
        return switch (record.kind()) {
            case INVOCATION -> invocation(record, prices);
            case REQUEST -> request(record, prices);
            case DELIVERY -> delivery(record, prices);
            case CALL -> call(record, prices);
        };
    }

    static Cost of(Count count, PriceList prices) {
        BigDecimal calls = BigDecimal.valueOf(count.calls());
        return switch (count.service()) {
            case "sqs" -> Cost.charge(prices, "sqs.standard", calls);
            case "sns" -> Cost.charge(prices, "sns.standard", calls);
            // The pollers of Lambda read streams free of charge; nobody else is only counted.
            case "dynamodb", "dynamodbstreams" -> Cost.NOTHING;
            case "s3" -> Cost.charge(prices, s3(count.operation()), calls);
            default -> FREE.contains(count.service()) ? Cost.NOTHING : Cost.unpriced(count.service());
        };
    }

    static BigDecimal gigabytes(long bytes) {
        // A power of two divides exactly.
        return BigDecimal.valueOf(bytes).divide(BYTES_PER_GIGABYTE);
    }

    private static Cost invocation(CallRecord record, PriceList prices) {
        if (!record.details().containsKey(Details.BILLED_MILLIS)) {
            return Cost.NOTHING;
        }
        BigDecimal seconds = number(record, Details.BILLED_MILLIS).movePointLeft(3);
        BigDecimal gigabytes = number(record, Details.MEMORY_MEGABYTES).divide(MEGABYTES_PER_GIGABYTE);
        String architecture = record.details().getOrDefault(Details.ARCHITECTURE, "x86_64");
        Cost cost = Cost.charge(prices, "lambda.request", BigDecimal.ONE)
                .plus(Cost.charge(prices, "lambda.duration." + architecture, seconds.multiply(gigabytes)));
        BigDecimal beyond =
                number(record, Details.TEMPORARY_MEGABYTES).subtract(BigDecimal.valueOf(FREE_TEMPORARY_MEGABYTES));
        if (beyond.signum() <= 0) {
            return cost;
        }
        return cost.plus(
                Cost.charge(prices, "lambda.storage", seconds.multiply(beyond.divide(MEGABYTES_PER_GIGABYTE))));
    }

    private static Cost request(CallRecord record, PriceList prices) {
        return switch (record.details().getOrDefault(Details.API_TYPE, "HTTP")) {
            case "REST" -> Cost.charge(prices, "apigateway.rest", BigDecimal.ONE);
            case "WEBSOCKET" -> Cost.charge(prices, "apigateway.websocket", chunks(record, WEBSOCKET_CHUNK));
            // A function's own URL has no price beside the function's.
            case "FUNCTION_URL" -> Cost.NOTHING;
            default -> Cost.charge(prices, "apigateway.http", chunks(record, HTTP_API_CHUNK));
        };
    }

    private static Cost delivery(CallRecord record, PriceList prices) {
        return record.service().equals("scheduler")
                ? Cost.charge(prices, "scheduler.invocation", BigDecimal.ONE)
                : Cost.NOTHING;
    }

    private static Cost call(CallRecord record, PriceList prices) {
        return switch (record.service()) {
            case "sqs" -> Cost.charge(prices, isFifo(record) ? "sqs.fifo" : "sqs.standard", chunks(record, CHUNK));
            case "sns" ->
                record.operation().startsWith("Publish")
                        ? Cost.charge(prices, "sns.standard", chunks(record, CHUNK))
                        : Cost.NOTHING;
            case "events" ->
                record.operation().equals("PutEvents")
                        ? Cost.charge(prices, "events.custom", entries(record).max(chunks(record, CHUNK)))
                        : Cost.NOTHING;
            case "dynamodb" -> dynamodb(record, prices);
            case "dynamodbstreams" ->
                record.operation().equals("GetRecords") && !record.principal().endsWith(".amazonaws.com")
                        ? Cost.charge(prices, "dynamodb.streams", BigDecimal.ONE)
                        : Cost.NOTHING;
            case "s3" ->
                S3_FREE.contains(record.operation())
                        ? Cost.NOTHING
                        : Cost.charge(prices, s3(record.operation()), BigDecimal.ONE);
            case "states" -> transitions(record, prices);
            case "logs" ->
                record.operation().equals("PutLogEvents")
                        ? Cost.charge(
                                prices,
                                "logs.ingestion",
                                gigabytes(number(record, Details.BYTES).longValue()))
                        : Cost.NOTHING;
            case "secretsmanager" -> Cost.charge(prices, "secretsmanager.call", BigDecimal.ONE);
            case "kms" -> Cost.charge(prices, "kms.request", BigDecimal.ONE);
            case "scheduler" -> Cost.NOTHING;
            default -> FREE.contains(record.service()) ? Cost.NOTHING : Cost.unpriced(record.service());
        };
    }

    private static Cost dynamodb(CallRecord record, PriceList prices) {
        BigDecimal read = number(record, Details.CONSUMED_READ_UNITS);
        BigDecimal written = number(record, Details.CONSUMED_WRITE_UNITS);
        Cost cost = read.signum() == 0 ? Cost.NOTHING : Cost.charge(prices, "dynamodb.read", read);
        return written.signum() == 0 ? cost : cost.plus(Cost.charge(prices, "dynamodb.write", written));
    }

    private static Cost transitions(CallRecord record, PriceList prices) {
        BigDecimal transitions = number(record, Details.STATE_TRANSITIONS);
        return transitions.signum() == 0 ? Cost.NOTHING : Cost.charge(prices, "states.transition", transitions);
    }

    private static String s3(String operation) {
        boolean writes = operation.startsWith("Put")
                || operation.startsWith("Copy")
                || operation.startsWith("Post")
                || operation.startsWith("List")
                || operation.startsWith("Create")
                || operation.startsWith("Upload")
                || operation.startsWith("Complete");
        return writes ? "s3.write" : "s3.read";
    }

    private static boolean isFifo(CallRecord record) {
        return record.resources().stream().anyMatch(arn -> arn.endsWith(".fifo"));
    }

    private static BigDecimal entries(CallRecord record) {
        return number(record, Details.ENTRIES).max(BigDecimal.ONE);
    }

    /** How many chunks of this size a call is billed for: at least one. */
    private static BigDecimal chunks(CallRecord record, int size) {
        long bytes = number(record, Details.BYTES).longValue();
        return BigDecimal.valueOf(Math.max(1, Math.ceilDiv(bytes, size)));
    }

    private static BigDecimal number(CallRecord record, String detail) {
        String text = record.details().get(detail);
        return text == null ? BigDecimal.ZERO : new BigDecimal(text);
    }
}
