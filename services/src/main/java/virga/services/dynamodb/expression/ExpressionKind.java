package virga.services.dynamodb.expression;

import virga.kernel.Fault;

/** The parameter that an expression came in; its errors name it. */
public enum ExpressionKind {
    CONDITION("ConditionExpression", "condition"),
    FILTER("FilterExpression", "condition"),
    KEY_CONDITION("KeyConditionExpression", "condition"),
    UPDATE("UpdateExpression", "update"),
    PROJECTION("ProjectionExpression", "projection");

    private final String parameter;
    private final String word;

    ExpressionKind(String parameter, String word) {
        this.parameter = parameter;
        this.word = word;
    }

    public String parameter() {
        return parameter;
    }

    /** What errors about functions call an expression of this kind. */
    String word() {
        return word;
    }

    Fault invalid(String problem) {
        return plain("Invalid " + parameter + ": " + problem);
    }

    static Fault plain(String message) {
        return new Fault("ValidationException", 400, message);
    }
}
