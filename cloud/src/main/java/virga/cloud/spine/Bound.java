package virga.cloud.spine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import virga.cloud.Binder;
import virga.cloud.Handler;
import virga.kernel.Bug;
import virga.kernel.Call;
import virga.kernel.Fault;
import virga.model.Operation;
import virga.model.Structure;

/** An operation with its handler and how it is authorised. */
final class Bound<I extends Structure, O extends Structure> implements Binder.Binding<I> {
    private final Operation<I, O> operation;
    private final Handler<I, O> handler;
    private String action;
    private boolean open;
    private final List<UnsupportedMember> unsupported = new ArrayList<>();
    private BiFunction<Call, I, List<String>> resources = (call, input) -> List.of("*");
    private BiFunction<Call, I, Map<String, List<String>>> actions =
            (call, input) -> Map.of(action, resources.apply(call, input));
    private BiFunction<Call, I, Map<String, List<String>>> conditions = (call, input) -> Map.of();

    Bound(Operation<I, O> operation, Handler<I, O> handler) {
        if (!operation.isModelled()) {
            throw new Bug(operation + " is bound but has no shapes");
        }
        this.operation = operation;
        this.handler = handler;
        this.action = operation.service().name() + ":" + operation.name();
    }

    @Override
    public Bound<I, O> action(String iamAction) {
        action = iamAction;
        return this;
    }

    @Override
    public Bound<I, O> actions(BiFunction<Call, I, Map<String, List<String>>> resourcesByAction) {
        actions = resourcesByAction;
        return this;
    }

    @Override
    public Bound<I, O> resources(BiFunction<Call, I, List<String>> named) {
        resources = named;
        return this;
    }

    @Override
    public Bound<I, O> conditions(BiFunction<Call, I, Map<String, List<String>>> keys) {
        conditions = keys;
        return this;
    }

    @Override
    public Bound<I, O> openToAll() {
        open = true;
        return this;
    }

    void addUnsupported(String path) {
        unsupported.add(UnsupportedMember.of(operation, path));
    }

    /** The paths that a call is refused for. */
    List<String> unsupportedPaths() {
        return unsupported.stream().map(UnsupportedMember::path).toList();
    }

    /** @throws Fault {@code VirgaUnsupported} where the input sets a member that is not done */
    void refuseUnsupported(I input) {
        unsupported.forEach(member -> member.refuse(input));
    }

    Operation<I, O> operation() {
        return operation;
    }

    Handler<I, O> handler() {
        return handler;
    }

    /** The IAM actions that the call takes, each with its resources. */
    Map<String, List<String>> actions(Call call, I input) {
        return actions.apply(call, input);
    }

    boolean isOpenToAll() {
        return open;
    }

    List<String> resources(Call call, I input) {
        return resources.apply(call, input);
    }

    Map<String, List<String>> conditions(Call call, I input) {
        return conditions.apply(call, input);
    }
}
