package virga.services.iam;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import virga.kernel.Call;

/** The ARNs that operations are authorised on. */
final class IamArns {
    private IamArns() {}

    /** {@code type} and the name that the request gives; the path is not in the request. */
    static <I> BiFunction<Call, I, List<String>> of(String type, Function<I, String> name) {
        return (call, input) -> List.of("arn:aws:iam::" + call.account() + ":" + type + "/" + name.apply(input));
    }

    /** The condition key of the operations that attach. */
    static Map<String, List<String>> policy(String arn) {
        return Map.of("iam:PolicyARN", List.of(arn));
    }
}
