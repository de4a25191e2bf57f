namespace Weir.Gateway.Milter;

/// <summary>One packet: a letter and its data.</summary>
internal readonly record struct MilterFrame(char Command, ReadOnlyMemory<byte> Data);
