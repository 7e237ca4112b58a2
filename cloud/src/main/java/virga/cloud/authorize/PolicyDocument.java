package virga.cloud.authorize;

import java.util.List;

/** A policy that was read. */
record PolicyDocument(String version, List<Statement> statements) {
    /** The version that knows policy variables. */
    static final String CURRENT = "2012-10-17";

    static final String OLD = "2008-10-17";
}
