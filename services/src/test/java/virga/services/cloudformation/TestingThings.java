package virga.services.cloudformation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import virga.cloud.Binder;
import virga.cloud.Service;
import virga.cloud.provision.Properties;
import virga.cloud.provision.PropertyRules;
import virga.cloud.provision.Provisioned;
import virga.cloud.provision.Provisioner;
import virga.cloud.provision.Provisioning;
import virga.kernel.Fault;
import virga.model.ServiceModel;
import virga.model.xray.XRay;

/**
 * A service whose only resource type, {@code AWS::XRay::Group}, is a thing with a size and a colour. Things can be told to fail or to
 * wait, so that tests can look at a stack in between.
 */
final class TestingThings implements Service, Provisioner {
    /** What stands, by physical id, as JSON. */
    final Map<String, String> standing = new ConcurrentSkipListMap<>();

    /** Colours that cannot be made. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();

    private final List<String> history = new ArrayList<>();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    /** Holds back whatever makes a thing of this colour. */
    CountDownLatch hold(String colour) {
        return gates.computeIfAbsent(colour, name -> new CountDownLatch(1));
    }

    /** What was done, in order. */
    synchronized List<String> history() {
        return List.copyOf(history);
    }

    private synchronized void note(String what) {
        history.add(what);
    }

    @Override
    public ServiceModel model() {
        return XRay.MODEL;
    }

    @Override
    public void bind(Binder binder) {
        binder.provisioner(this);
    }

    @Override
    public String type() {
        return "AWS::XRay::Group";
    }

    @Override
    public PropertyRules properties() {
        return PropertyRules.none()
                .inPlace("Colour", "Links/[]", "Extra/**")
                .replacing("Size")
                .unsupported("Taste");
    }

    @Override
    public Provisioned create(Provisioning request) throws InterruptedException {
        String id = request.generatedName(64);
        make(request, id);
        note("create " + request.logicalId());
        return provisioned(request, id);
    }

    @Override
    public Provisioned update(Provisioning request, Provisioned current, Properties previous)
            throws InterruptedException {
        make(request, current.physicalId());
        note("update " + request.logicalId());
        return provisioned(request, current.physicalId());
    }

    @Override
    public void delete(Provisioning request, Provisioned current) {
        if (broken.contains("undeletable " + request.logicalId())) {
            throw new Fault("ResourceInUse", 400, "it is held fast");
        }
        standing.remove(current.physicalId());
        note("delete " + request.logicalId());
    }

    private void make(Provisioning request, String id) throws InterruptedException {
        String colour = request.properties().text("Colour", "");
        CountDownLatch gate = gates.get(colour);
        if (gate != null) {
            gate.await();
        }
        if (broken.contains(colour)) {
            throw new Fault("InvalidColour", 400, "there is no " + colour);
        }
        standing.put(id, request.properties().json().toString());
    }

    private static Provisioned provisioned(Provisioning request, String id) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("Arn", "arn:thing:" + id);
        attributes.put("Colour", request.properties().text("Colour", "none"));
        attributes.put("Stack", request.tags().get("aws:cloudformation:stack-name"));
        return new Provisioned(id, attributes);
    }
}
