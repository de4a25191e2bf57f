namespace Weir.Server.Doctor;

/// <summary>What is wanted of the doctor: everything.</summary>
internal sealed record DoctorRequest;

/// <summary>What was seen.</summary>
internal sealed record DoctorAnswer(IReadOnlyList<Examined> Checks);
