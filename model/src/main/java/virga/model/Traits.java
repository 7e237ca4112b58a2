package virga.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a shape or member carries beside its type: constraints and bindings, with Smithy's meanings. Empty text, {@code null} bounds
 * and empty lists stand for "not said".
 *
 * @param location where a member of an operation's input or output is bound
 * @param locationName the name there: header, query parameter, JSON or XML element name, or a header prefix
 * @param timestampFormat {@code date-time}, {@code epoch-seconds}, {@code http-date}
 * @param enumValues the known values of an enum
 * @param min the smallest length or value
 */
public record Traits(
        Location location,
        String locationName,
        String timestampFormat,
        XmlTraits xml,
        boolean required,
        boolean sparse,
        boolean streaming,
        boolean eventStream,
        boolean idempotencyToken,
        boolean hostLabel,
        boolean sensitive,
        boolean jsonValue,
        BigDecimal min,
        BigDecimal max,
        String pattern,
        List<String> enumValues) {
    /** Where a member travels in an HTTP message. */
    public enum Location {
        BODY,
        LABEL,
        QUERY,
        QUERY_PARAMETERS,
        HEADER,
        PREFIX_HEADERS,
        STATUS_CODE,
        /** The member is the whole body. */
        PAYLOAD
    }

    /**
     * @param flattened list or map without a wrapping element
     * @param attribute written as an attribute
     * @param namespaceUri {@code xmlNamespace}, or empty
     * @param namespacePrefix with the prefix, or empty
     */
    public record XmlTraits(boolean flattened, boolean attribute, String namespaceUri, String namespacePrefix) {
        public static final XmlTraits NONE = new XmlTraits(false, false, "", "");
    }

    public static final Traits NONE = new Builder().build();

    Traits over(Traits target) {
        if (target == NONE) {
            return this;
        }
        return new Traits(
                location,
                locationName,
                timestampFormat.isEmpty() ? target.timestampFormat : timestampFormat,
                new XmlTraits(
                        xml.flattened || target.xml.flattened,
                        xml.attribute,
                        xml.namespaceUri.isEmpty() ? target.xml.namespaceUri : xml.namespaceUri,
                        xml.namespaceUri.isEmpty() ? target.xml.namespacePrefix : xml.namespacePrefix),
                required,
                sparse || target.sparse,
                streaming || target.streaming,
                eventStream || target.eventStream,
                idempotencyToken,
                hostLabel,
                sensitive || target.sensitive,
                jsonValue || target.jsonValue,
                min == null ? target.min : min,
                max == null ? target.max : max,
                pattern.isEmpty() ? target.pattern : pattern,
                enumValues.isEmpty() ? target.enumValues : enumValues);
    }

    public static Builder with() {
        return new Builder();
    }

    /** Says only what differs from {@link #NONE}; used by generated code. */
    public static final class Builder {
        private Location location = Location.BODY;
        private String locationName = "";
        private String timestampFormat = "";
        private boolean flattened;
        private boolean attribute;
        private String namespaceUri = "";
        private String namespacePrefix = "";
        private boolean required;
        private boolean sparse;
        private boolean streaming;
        private boolean eventStream;
        private boolean idempotencyToken;
        private boolean hostLabel;
        private boolean sensitive;
        private boolean jsonValue;
        private BigDecimal min;
        private BigDecimal max;
        private String pattern = "";
        private List<String> enumValues = List.of();

        private Builder() {}

        public Builder location(Location value) {
            location = value;
            return this;
        }

        public Builder locationName(String value) {
            locationName = value;
            return this;
        }

        public Builder timestampFormat(String value) {
            timestampFormat = value;
            return this;
        }

        public Builder flattened() {
            flattened = true;
            return this;
        }

        public Builder attribute() {
            attribute = true;
            return this;
        }

        public Builder namespace(String uri, String prefix) {
            namespaceUri = uri;
            namespacePrefix = prefix;
            return this;
        }

        public Builder required() {
            required = true;
            return this;
        }

        public Builder sparse() {
            sparse = true;
            return this;
        }

        public Builder streaming() {
            streaming = true;
            return this;
        }

        public Builder eventStream() {
            eventStream = true;
            return this;
        }

        public Builder idempotencyToken() {
            idempotencyToken = true;
            return this;
        }

        public Builder hostLabel() {
            hostLabel = true;
            return this;
        }

        public Builder sensitive() {
            sensitive = true;
            return this;
        }

        public Builder jsonValue() {
            jsonValue = true;
            return this;
        }

        public Builder min(String value) {
            min = new BigDecimal(value);
            return this;
        }

        public Builder max(String value) {
            max = new BigDecimal(value);
            return this;
        }

        public Builder pattern(String value) {
            pattern = value;
            return this;
        }

        public Builder enumValues(String... values) {
            enumValues = List.of(values);
            return this;
        }

        public Traits build() {
            return new Traits(
                    location,
                    locationName,
                    timestampFormat,
                    flattened || attribute || !namespaceUri.isEmpty()
                            ? new XmlTraits(flattened, attribute, namespaceUri, namespacePrefix)
                            : XmlTraits.NONE,
                    required,
                    sparse,
                    streaming,
                    eventStream,
                    idempotencyToken,
                    hostLabel,
                    sensitive,
                    jsonValue,
                    min,
                    max,
                    pattern,
                    enumValues);
        }
    }
}
