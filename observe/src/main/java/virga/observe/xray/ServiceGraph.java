package virga.observe.xray;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import virga.observe.Resource;
import virga.observe.map.ServiceMap;
import virga.observe.metrics.Traffic;

/**
 * The service map as {@code GetServiceGraph} shows it.
 *
 * @param services in order of reference id
 */
public record ServiceGraph(Instant startTime, Instant endTime, List<Service> services) {
    /**
     * @param referenceId from 0, by which edges name services
     * @param type {@code AWS::Lambda::Function}, {@code client}, ...
     * @param root whether requests come in here from outside
     */
    public record Service(int referenceId, String name, String type, boolean root, Traffic traffic, List<Edge> edges) {}

    /** @param referenceId of the service that is called */
    public record Edge(int referenceId, Traffic traffic) {}

    public static ServiceGraph of(ServiceMap map) {
        Map<String, Integer> references = new HashMap<>();
        map.nodes().forEach(node -> references.put(node.resource().id(), references.size()));
        List<Service> services =
                map.nodes().stream().map(node -> service(node, map, references)).toList();
        return new ServiceGraph(map.from(), map.to(), services);
    }

    private static Service service(ServiceMap.Node node, ServiceMap map, Map<String, Integer> references) {
        Resource resource = node.resource();
        boolean root = map.edges().stream()
                .anyMatch(
                        edge -> edge.from().equals(Resource.CLIENT) && edge.to().equals(resource));
        List<Edge> edges = map.edges().stream()
                .filter(edge -> edge.from().equals(resource))
                .map(edge -> new Edge(references.get(edge.to().id()), edge.traffic()))
                .toList();
        return new Service(
                references.get(resource.id()),
                resource.name(),
                Segments.origin(resource, resource.name()),
                root,
                node.traffic(),
                edges);
    }
}
