import { readFile } from 'node:fs/promises';
import {
  BadRequestException,
  Body,
  ConflictException,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common';
import { DatasetError } from '#datasets';
import { ValidationError } from '../validation-error.js';
import { validationRequestSchema } from './validation-request.js';
import { Validations, type ValidationStatus } from './validations.js';

/** `POST /validations`, `GET /validations[/:id[/report]]`, `DELETE /validations/:id`. */
@Controller('validations')
export class ValidationsController {
  constructor(@Inject(Validations) private readonly validations: Validations) {}

  @Post()
  @HttpCode(202)
  start(@Body() body: unknown): ValidationStatus {
    const request = validationRequestSchema.safeParse(body);
    if (!request.success) {
      const { path, message } = request.error.issues[0]!;
      throw new BadRequestException(`${path.join('.') || 'body'}: ${message}`);
    }
    if (this.validations.isBusy) throw new ConflictException('a validation is running; one at a time');
    try {
      return this.validations.start(request.data);
    } catch (error) {
      if (error instanceof ValidationError || error instanceof DatasetError)
        throw new BadRequestException(error.message);
      throw error;
    }
  }

  @Get()
  list(): readonly ValidationStatus[] {
    return this.validations.list();
  }

  @Get(':id')
  find(@Param('id') id: string): ValidationStatus {
    return this.known(id);
  }

  @Get(':id/report')
  @Header('content-type', 'text/html; charset=utf-8')
  async report(@Param('id') id: string): Promise<string> {
    const { state } = this.known(id);
    const path = this.validations.report(id);
    if (path === undefined)
      throw new NotFoundException(`this validation is ${state}; it has a report when it is finished`);
    return readFile(path, 'utf8');
  }

  @Delete(':id')
  async stop(@Param('id') id: string): Promise<ValidationStatus> {
    this.known(id);
    await this.validations.stop(id);
    return this.known(id);
  }

  private known(id: string): ValidationStatus {
    const status = this.validations.find(id);
    if (status === undefined) throw new NotFoundException('there is no validation of this id');
    return status;
  }
}
