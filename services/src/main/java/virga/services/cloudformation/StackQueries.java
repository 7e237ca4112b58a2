package virga.services.cloudformation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import virga.cloud.Exchange;
import virga.cloud.UnitOfWork;
import virga.kernel.Call;
import virga.kernel.Signals;
import virga.model.cloudformation.DescribeStackEventsInput;
import virga.model.cloudformation.DescribeStackEventsOutput;
import virga.model.cloudformation.DescribeStackResourceInput;
import virga.model.cloudformation.DescribeStackResourceOutput;
import virga.model.cloudformation.DescribeStackResourcesInput;
import virga.model.cloudformation.DescribeStackResourcesOutput;
import virga.model.cloudformation.DescribeStacksInput;
import virga.model.cloudformation.DescribeStacksOutput;
import virga.model.cloudformation.Export;
import virga.model.cloudformation.ListExportsInput;
import virga.model.cloudformation.ListExportsOutput;
import virga.model.cloudformation.ListImportsInput;
import virga.model.cloudformation.ListImportsOutput;
import virga.model.cloudformation.ListStackResourcesInput;
import virga.model.cloudformation.ListStackResourcesOutput;
import virga.model.cloudformation.ListStacksInput;
import virga.model.cloudformation.ListStacksOutput;
import virga.model.cloudformation.UpdateTerminationProtectionInput;
import virga.model.cloudformation.UpdateTerminationProtectionOutput;
import virga.services.cloudformation.stack.ResourceRecord;
import virga.services.cloudformation.stack.StackRecord;
import virga.services.cloudformation.stack.StackSignals;
import virga.services.cloudformation.stack.Stacks;
import virga.services.cloudformation.template.TemplateErrors;

/** Describe and List operations of stacks, resources, events and exports. */
final class StackQueries {
    private static final int PAGE = 100;

    private final Duration patience;

    /** @param patience how long DescribeStacks waits for a stack that is under way */
    StackQueries(Duration patience) {
        this.patience = patience;
    }

    DescribeStacksOutput describe(Call call, DescribeStacksInput input, Exchange exchange) throws InterruptedException {
        Stacks stacks = new Stacks(call.scope());
        if (input.stackName().isPresent()) {
            StackRecord stack = settled(stacks, input.stackName().get(), exchange);
            return DescribeStacksOutput.builder()
                    .stacks(List.of(StackViews.stack(stack)))
                    .build();
        }
        Page<StackRecord> page = Page.of(
                exchange.read(stacks::all).stream()
                        .filter(stack -> !stack.isDeleted())
                        .sorted(newestFirst())
                        .toList(),
                input.nextToken());
        return DescribeStacksOutput.builder()
                .stacks(page.items().stream().map(StackViews::stack).toList())
                .nextToken(page.next())
                .build();
    }

    /**
     * The stack once nothing is under way, or as it is when patience ends. Waiters sleep half a minute after each look, so an answer
     * that is held for a moment is the quicker one.
     */
    private StackRecord settled(Stacks stacks, String nameOrArn, Exchange exchange) throws InterruptedException {
        StackRecord stack = exchange.read(reading -> stacks.get(reading, nameOrArn));
        if (!stack.status().isBusy() || patience.isZero()) {
            return stack;
        }
        String arn = stack.arn();
        Instant deadline = exchange.ports().clock().now().plus(patience);
        try (Signals.Listener listener = exchange.ports().signals().listen(StackSignals.of(arn))) {
            do {
                stack = exchange.read(reading -> stacks.get(reading, arn));
            } while (stack.status().isBusy() && listener.await(deadline));
        }
        return exchange.read(reading -> stacks.get(reading, nameOrArn));
    }

    private static Comparator<StackRecord> newestFirst() {
        return Comparator.comparing((StackRecord stack) -> stack.times().created())
                .reversed();
    }

    ListStacksOutput list(Call call, ListStacksInput input, UnitOfWork work) {
        List<String> statuses = input.stackStatusFilter();
        Page<StackRecord> page = Page.of(
                new Stacks(call.scope())
                        .all(work).stream()
                                .filter(stack -> statuses.isEmpty()
                                        || statuses.contains(stack.status().name()))
                                .sorted(newestFirst())
                                .toList(),
                input.nextToken());
        return ListStacksOutput.builder()
                .stackSummaries(page.items().stream().map(StackViews::summary).toList())
                .nextToken(page.next())
                .build();
    }

    DescribeStackEventsOutput events(Call call, DescribeStackEventsInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = stacks.find(work, input.stackName())
                .orElseThrow(() -> TemplateErrors.validation("Stack [" + input.stackName() + "] does not exist"));
        long before = input.nextToken().isPresent() ? Requests.position(input.nextToken()) : Long.MAX_VALUE;
        List<Stacks.NumberedEvent> events = stacks.events(work, stack.uuid(), before, PAGE);
        boolean more = events.size() == PAGE && events.getLast().sequence() > 1;
        return DescribeStackEventsOutput.builder()
                .stackEvents(events.stream()
                        .map(event -> StackViews.event(stack, event.event()))
                        .toList())
                .nextToken(more ? Long.toString(events.getLast().sequence()) : null)
                .build();
    }

    DescribeStackResourcesOutput resources(Call call, DescribeStackResourcesInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        if (input.stackName().isEmpty() && input.physicalResourceId().isEmpty()) {
            throw TemplateErrors.validation("Either StackName or PhysicalResourceId must be specified");
        }
        StackRecord stack = input.stackName().isPresent()
                ? stacks.get(work, input.stackName().get())
                : owner(work, stacks, input.physicalResourceId().get());
        List<ResourceRecord> found = stacks.resources(work, stack.uuid()).values().stream()
                .filter(resource -> input.logicalResourceId()
                        .map(resource.logicalId()::equals)
                        .orElse(true))
                .toList();
        if (input.logicalResourceId().isPresent() && found.isEmpty()) {
            throw missing(input.logicalResourceId().get(), stack);
        }
        return DescribeStackResourcesOutput.builder()
                .stackResources(found.stream()
                        .map(resource -> StackViews.resource(stack, resource))
                        .toList())
                .build();
    }

    private static virga.kernel.Fault missing(String logicalId, StackRecord stack) {
        return TemplateErrors.validation("Resource " + logicalId + " does not exist for stack " + stack.name());
    }

    private static StackRecord owner(UnitOfWork work, Stacks stacks, String physicalId) {
        return stacks.all(work).stream()
                .filter(stack -> !stack.isDeleted())
                .filter(stack -> stacks.resources(work, stack.uuid()).values().stream()
                        .anyMatch(resource -> resource.physicalId().equals(physicalId)))
                .findFirst()
                .orElseThrow(() -> TemplateErrors.validation("Stack for " + physicalId + " does not exist"));
    }

    DescribeStackResourceOutput resource(Call call, DescribeStackResourceInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = stacks.find(work, input.stackName())
                .orElseThrow(() -> TemplateErrors.validation("Stack '" + input.stackName() + "' does not exist"));
        ResourceRecord resource = Optional.ofNullable(
                        stacks.resources(work, stack.uuid()).get(input.logicalResourceId()))
                .orElseThrow(() -> missing(input.logicalResourceId(), stack));
        return DescribeStackResourceOutput.builder()
                .stackResourceDetail(StackViews.resourceDetail(stack, resource))
                .build();
    }

    ListStackResourcesOutput listResources(Call call, ListStackResourcesInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = stacks.get(work, input.stackName());
        Page<ResourceRecord> page =
                Page.of(List.copyOf(stacks.resources(work, stack.uuid()).values()), input.nextToken());
        return ListStackResourcesOutput.builder()
                .stackResourceSummaries(
                        page.items().stream().map(StackViews::resourceSummary).toList())
                .nextToken(page.next())
                .build();
    }

    ListExportsOutput exports(Call call, ListExportsInput input, UnitOfWork work) {
        Page<Export> page = Page.of(
                new Stacks(call.scope())
                        .exports(work).stream()
                                .map(export -> Export.builder()
                                        .exportingStackId(export.stackArn())
                                        .name(export.name())
                                        .value(export.value())
                                        .build())
                                .toList(),
                input.nextToken());
        return ListExportsOutput.builder()
                .exports(page.items())
                .nextToken(page.next())
                .build();
    }

    ListImportsOutput imports(Call call, ListImportsInput input, UnitOfWork work) {
        List<String> importers = new Stacks(call.scope()).importers(work, input.exportName());
        if (importers.isEmpty()) {
            throw TemplateErrors.validation("Export '" + input.exportName() + "' is not imported by any stack.");
        }
        return ListImportsOutput.builder().imports(importers).build();
    }

    UpdateTerminationProtectionOutput protect(Call call, UpdateTerminationProtectionInput input, UnitOfWork work) {
        Stacks stacks = new Stacks(call.scope());
        StackRecord stack = stacks.named(work, input.stackName());
        stacks.put(work, stack.with(stack.options().withTerminationProtection(input.enableTerminationProtection())));
        return UpdateTerminationProtectionOutput.builder().stackId(stack.arn()).build();
    }

    /** Some of a list, and where the rest begins. */
    record Page<T>(List<T> items, String next) {
        static <T> Page<T> of(List<T> all, Optional<String> token) {
            int from = Math.min(Requests.position(token), all.size());
            int to = Math.min(from + PAGE, all.size());
            return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
        }
    }
}
