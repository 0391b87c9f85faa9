# Start-up of a program that imports much of the standard library.
import argparse
import ast
import asyncio
import base64
import bisect
import calendar
import collections
import configparser
import contextlib
import copy
import csv
import dataclasses
import datetime
import decimal
import difflib
import email.message
import enum
import fractions
import functools
import glob
import hashlib
import heapq
import html.parser
import http.client
import inspect
import io
import itertools
import json
import logging
import os
import pathlib
import pickle
import pprint
import queue
import random
import re
import shlex
import shutil
import socket
import statistics
import string
import struct
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import timeit
import tokenize
import traceback
import types
import typing
import unittest
import urllib.request
import uuid
import warnings
import weakref
import xml.etree.ElementTree
import zipfile


def main():
    names = ("argparse ast asyncio collections csv dataclasses datetime decimal email enum inspect json logging pathlib "
             "pickle re subprocess tokenize typing unittest urllib xml zipfile").split()
    print(len(names), all(name in sys.modules for name in names))
    print(sorted(name for name in sys.modules if name in names)[:5])


if __name__ == "__main__":
    main()
