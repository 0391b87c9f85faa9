# package: click
import click
from click.testing import CliRunner
@click.group()
@click.option("--debug/--no-debug", default=False, help="Say more.")
@click.pass_context
def cli(context, debug): context.obj = debug
@cli.command()
@click.argument("names", nargs=-1)
@click.option("-c", "--count", type=click.IntRange(1, 3), default=1, show_default=True)
@click.pass_obj
def hello(debug, names, count): click.echo(f"{debug} {names} {count}")

for words in (["--help"], ["hello", "--help"], ["--debug", "hello", "a", "b", "-c", "2"], ["hello", "-c", "9"], ["nothing"]):
    result = CliRunner().invoke(cli, words); print(result.exit_code, result.output)
