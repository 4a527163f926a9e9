using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(KubeLint.Benchmarks.Corpora).Assembly).Run(args);
