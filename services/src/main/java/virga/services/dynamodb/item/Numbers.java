package virga.services.dynamodb.item;

import java.math.BigDecimal;
import virga.kernel.Fault;

/**
 * DynamoDB's numbers: up to 38 significant digits, from 1E-130 to 9.99...E+125, and zero.
 *
 * <p>Source: "Supported data types and naming rules in Amazon DynamoDB", Numbers, Developer Guide.
 */
public final class Numbers {
    static final int MAXIMUM_DIGITS = 38;
    static final int GREATEST_EXPONENT = 125;
    static final int LEAST_EXPONENT = -130;
    private static final int LONGEST_EXPONENT = 6;

    private Numbers() {}

    /** Reads a number as clients write it. @throws Fault ValidationException where DynamoDB would not take it */
    public static BigDecimal parse(String text) {
        if (text.isEmpty()) {
            throw invalid("The parameter cannot be converted to a numeric value");
        }
        if (!isNumber(text)) {
            throw invalid("The parameter cannot be converted to a numeric value: " + text);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException notOne) {
            throw invalid("The parameter cannot be converted to a numeric value: " + text);
        }
        return checked(number);
    }

    /** {@code number} in its canonical form. @throws Fault ValidationException where it is out of range or too precise */
    public static BigDecimal checked(BigDecimal number) {
        BigDecimal canonical = canonical(number);
        if (canonical.signum() == 0) {
            return canonical;
        }
        int exponent = exponent(canonical);
        if (exponent > GREATEST_EXPONENT) {
            throw invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (exponent < LEAST_EXPONENT) {
            throw invalid("Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        if (canonical.precision() > MAXIMUM_DIGITS) {
            throw invalid("Attempting to store more than 38 significant digits in a Number");
        }
        return canonical;
    }

    /** Without trailing zeros; one zero only. */
    static BigDecimal canonical(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    /** The power of ten of the first digit: 2 for 123. */
    static int exponent(BigDecimal canonical) {
        return canonical.precision() - canonical.scale() - 1;
    }

    /** As DynamoDB answers a number: without an exponent. */
    public static String text(BigDecimal number) {
        return number.toPlainString();
    }

    // BigDecimal takes digits of every script; DynamoDB takes ASCII only. A long exponent is refused before it costs
    // memory.
    private static boolean isNumber(String text) {
        int exponentAt = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E') {
                exponentAt = i;
            } else if ((c < '0' || c > '9') && c != '+' && c != '-' && c != '.') {
                return false;
            }
        }
        return exponentAt < 0 || text.length() - exponentAt <= LONGEST_EXPONENT;
    }

    private static Fault invalid(String message) {
        return new Fault("ValidationException", 400, message);
    }
}
