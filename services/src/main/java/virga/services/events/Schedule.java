package virga.services.events;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import virga.kernel.Fault;

/** A schedule expression: {@code rate(5 minutes)} or {@code cron(0 12 * * ? *)}, in UTC. Source: EventBridge User Guide. */
sealed interface Schedule {
    /** The next firing after {@code after}; empty where there is none any more. */
    Optional<Instant> next(Instant after);

    /** @throws Fault {@code ValidationException} in AWS's words */
    static Schedule parse(String expression) {
        Matcher rate = Rate.FORM.matcher(expression);
        if (rate.matches()) {
            return Rate.of(Long.parseLong(rate.group(1)), rate.group(2));
        }
        if (expression.startsWith("cron(") && expression.endsWith(")")) {
            try {
                return new Calendar(
                        Calendar.PARSER.parse(expression.substring("cron(".length(), expression.length() - 1)));
            } catch (IllegalArgumentException notCron) {
                throw invalid();
            }
        }
        throw invalid();
    }

    private static Fault invalid() {
        return new Fault("ValidationException", 400, "Parameter ScheduleExpression is not valid.");
    }

    /** Every so often, counted from when the rule was made. */
    record Rate(Duration period) implements Schedule {
        private static final Pattern FORM = Pattern.compile("rate\\((\\d+) (minutes?|hours?|days?)\\)");

        private static Rate of(long value, String unit) {
            boolean plural = unit.endsWith("s");
            if (value < 1 || plural == (value == 1)) {
                throw invalid();
            }
            return new Rate(
                    switch (plural ? unit.substring(0, unit.length() - 1) : unit) {
                        case "minute" -> Duration.ofMinutes(value);
                        case "hour" -> Duration.ofHours(value);
                        default -> Duration.ofDays(value);
                    });
        }

        @Override
        public Optional<Instant> next(Instant after) {
            return Optional.of(after.plus(period));
        }
    }

    /** At times of the calendar. */
    record Calendar(Cron cron) implements Schedule {
        private static final CronDefinition AWS = CronDefinitionBuilder.defineCron()
                .withMinutes()
                .and()
                .withHours()
                .and()
                .withDayOfMonth()
                .supportsL()
                .supportsW()
                .supportsLW()
                .supportsQuestionMark()
                .and()
                .withMonth()
                .and()
                .withDayOfWeek()
                .withValidRange(1, 7)
                .withMondayDoWValue(2)
                .supportsHash()
                .supportsL()
                .supportsQuestionMark()
                .and()
                .withYear()
                .withValidRange(1970, 2199)
                .and()
                .instance();
        private static final CronParser PARSER = new CronParser(AWS);

        @Override
        public Optional<Instant> next(Instant after) {
            return ExecutionTime.forCron(cron)
                    .nextExecution(after.atZone(ZoneOffset.UTC))
                    .map(java.time.ZonedDateTime::toInstant);
        }
    }
}
