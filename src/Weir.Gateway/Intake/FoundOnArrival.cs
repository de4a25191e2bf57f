namespace Weir.Gateway.Intake;

/// <summary>What was found outside a message when it came: by now the answers may be others.</summary>
/// <param name="Authentication">The evidence of SPF, DKIM, DMARC and ARC; empty to ask DNS.</param>
/// <param name="History">What own mail told; empty when it was not kept.</param>
/// <param name="WithLaterKnowledge">What bodies, links and files of other mail have been found to be since counts, too.</param>
internal sealed record FoundOnArrival(string Authentication, string History, bool WithLaterKnowledge = false);
