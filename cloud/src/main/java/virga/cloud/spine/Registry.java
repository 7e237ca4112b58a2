package virga.cloud.spine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import virga.cloud.Atomic;
import virga.cloud.Binder;
import virga.cloud.Conversation;
import virga.cloud.Handler;
import virga.cloud.IdentityPolicies;
import virga.cloud.Poller;
import virga.cloud.PollerKind;
import virga.cloud.ResourcePolicies;
import virga.cloud.Service;
import virga.cloud.Streaming;
import virga.cloud.TaskHandler;
import virga.cloud.TaskKind;
import virga.cloud.http.UserApis;
import virga.cloud.provision.Provisioner;
import virga.kernel.Bug;
import virga.model.Operation;
import virga.model.ServiceModel;
import virga.model.Structure;

/** Everything that the services of this cloud offer. Filled once at start, read by every environment. */
public final class Registry {
    private final Map<String, ServiceModel> models = new TreeMap<>();
    private final Map<Operation<?, ?>, Bound<?, ?>> operations = new HashMap<>();
    private final Map<String, BoundTask<?>> tasks = new TreeMap<>();
    private final Map<String, BoundPoller<?>> pollers = new TreeMap<>();
    private final Map<String, Provisioner> provisioners = new TreeMap<>();
    private final Map<String, ResourcePolicies> resourcePolicies = new TreeMap<>();
    private final List<UserApis> userApis = new ArrayList<>();
    private final List<IdentityPolicies> identityPolicies = new ArrayList<>();

    public Registry(Collection<? extends Service> services) {
        for (Service service : services) {
            once(models, service.model().modelName(), service.model());
            service.bind(new Taking());
            service.unsupported().forEach(path -> addUnsupported(service.model(), path));
        }
    }

    private void addUnsupported(ServiceModel model, String path) {
        int dot = path.indexOf('.');
        model.operation(path.substring(0, dot))
                .flatMap(this::find)
                .orElseThrow(() -> new Bug(model.name() + " does not bind the operation of " + path))
                .addUnsupported(path.substring(dot + 1));
    }

    /** The models of all services, by botocore's name. */
    public Collection<ServiceModel> models() {
        return Collections.unmodifiableCollection(models.values());
    }

    /** Whether the operation has a handler: the coverage table asks. */
    public boolean implementsOperation(Operation<?, ?> operation) {
        return operations.containsKey(operation);
    }

    /** The members of the operation's input that a call is refused for, as paths. */
    public List<String> unsupported(Operation<?, ?> operation) {
        return find(operation).map(Bound::unsupportedPaths).orElse(List.of());
    }

    public Optional<Provisioner> provisioner(String type) {
        return Optional.ofNullable(provisioners.get(type));
    }

    /** The resource types that CloudFormation can make, in order. */
    public Collection<Provisioner> provisioners() {
        return Collections.unmodifiableCollection(provisioners.values());
    }

    @SuppressWarnings("unchecked") // put in with the same type parameters, in Taking
    <I extends Structure, O extends Structure> Optional<Bound<I, O>> find(Operation<I, O> operation) {
        return Optional.ofNullable((Bound<I, O>) operations.get(operation));
    }

    BoundTask<?> task(String kind) {
        return Optional.ofNullable(tasks.get(kind)).orElseThrow(() -> new Bug("no handler for tasks of kind " + kind));
    }

    BoundPoller<?> poller(String kind) {
        return Optional.ofNullable(pollers.get(kind)).orElseThrow(() -> new Bug("no poller of kind " + kind));
    }

    Optional<IdentityPolicies> identityPolicies() {
        return identityPolicies.stream().findFirst();
    }

    Optional<ResourcePolicies> resourcePolicies(String service) {
        return Optional.ofNullable(resourcePolicies.get(service));
    }

    /** What answers requests to APIs that users deployed, one for each kind of API. */
    public List<UserApis> userApis() {
        return Collections.unmodifiableList(userApis);
    }

    private static <K, V> void once(Map<K, V> map, K key, V value) {
        if (map.putIfAbsent(key, value) != null) {
            throw new Bug("bound twice: " + key);
        }
    }

    record BoundTask<P>(TaskKind<P> kind, TaskHandler<P> handler) {}

    record BoundPoller<P>(PollerKind<P> kind, Poller<P> poller) {}

    private final class Taking implements Binder {
        @Override
        public <I extends Structure, O extends Structure> Binding<I> atomic(
                Operation<I, O> operation, Atomic<I, O> handler) {
            return bound(operation, handler);
        }

        @Override
        public <I extends Structure, O extends Structure> Binding<I> conversation(
                Operation<I, O> operation, Conversation<I, O> handler) {
            return bound(operation, handler);
        }

        @Override
        public <I extends Structure, O extends Structure> Binding<I> streaming(
                Operation<I, O> operation, Streaming<I, O> handler) {
            return bound(operation, handler);
        }

        private <I extends Structure, O extends Structure> Binding<I> bound(
                Operation<I, O> operation, Handler<I, O> handler) {
            Bound<I, O> bound = new Bound<>(operation, handler);
            once(operations, operation, bound);
            return bound;
        }

        @Override
        public <P> void task(TaskKind<P> kind, TaskHandler<P> handler) {
            once(tasks, kind.name(), new BoundTask<>(kind, handler));
        }

        @Override
        public <P> void poller(PollerKind<P> kind, Poller<P> poller) {
            once(pollers, kind.name(), new BoundPoller<>(kind, poller));
        }

        @Override
        public void provisioner(Provisioner provisioner) {
            once(provisioners, provisioner.type(), provisioner);
        }

        @Override
        public void userApis(UserApis apis) {
            userApis.add(apis);
        }

        @Override
        public Function<String, Optional<Provisioner>> provisioners() {
            return Registry.this::provisioner;
        }

        @Override
        public void identityPolicies(IdentityPolicies policies) {
            if (!identityPolicies.isEmpty()) {
                throw new Bug("identity policies bound twice");
            }
            identityPolicies.add(policies);
        }

        @Override
        public void resourcePolicies(ResourcePolicies policies) {
            once(resourcePolicies, policies.service(), policies);
        }
    }
}
