using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Detection.Contracts;

/// <summary>Judges a message that is in the record, by what is known now, without recording it.</summary>
public interface IJudgeStoredMail
{
    /// <summary>Nothing when the bytes were erased.</summary>
    /// <param name="authentication">The evidence of what was found on arrival (WeirMessageEvidence.AuthenticationEvidence); empty to ask DNS.</param>
    /// <param name="history">What history told on arrival (WeirMessageEvidence.History); empty to ask what it tells now, without the message itself.</param>
    ValueTask<JudgedMessage?> JudgeAsync(NetworkMessageId id, DateTimeOffset receivedAt, string blobId, RecordedEnvelope envelope, string authentication, string history, CancellationToken cancellationToken);
}
