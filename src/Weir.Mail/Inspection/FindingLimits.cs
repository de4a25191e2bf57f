namespace Weir.Mail.Inspection;

/// <summary>What may still be said of the files of one message.</summary>
internal readonly record struct FindingLimits(int Urls, int Features, int Files);
