import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import { ServiceLogger } from '#service';
import { EventLogError } from '#stream';
import {
  ALERT_ACTIONS,
  alertOrderSchema,
  LIVE_DISCLAIMER,
  type Alert,
  type AlertCommand,
  type AlertOrder,
  type AlertOrderResponse,
  type AlertsResponse,
} from '#wire';
import type { Response } from 'express';
import { AlertBoard } from '../alerts/alert-board.js';
import { AlertOrders } from '../alerts/alert-orders.js';
import { GatewayView } from '../gateway-view.js';
import { ProblemException } from './problem.js';

/** `GET /api/alerts` and `POST /api/alerts/:alertId/:action`. */
@Controller('api/alerts')
export class AlertsController {
  constructor(
    @Inject(GatewayView) private readonly view: GatewayView,
    @Inject(AlertBoard) private readonly board: AlertBoard,
    @Inject(AlertOrders) private readonly orders: AlertOrders,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  @Get()
  alerts(): AlertsResponse {
    const clockMs = this.view.clockMs();
    const { state, truncated } = this.board;
    return {
      disclaimer: LIVE_DISCLAIMER,
      ...(clockMs === undefined ? {} : { clockMs }),
      ...{ state, truncated, alerts: this.board.list() },
    };
  }

  /** 202 when the command is on the log, 200 when the alert is as asked already. */
  @Post(':alertId/:action')
  async act(
    @Param('alertId') alertId: string,
    @Param('action') given: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertOrderResponse> {
    const action = ALERT_ACTIONS.find((known) => known === given);
    if (action === undefined) {
      throw new ProblemException('not-found', `the action is none of ${ALERT_ACTIONS.join(', ')}`);
    }
    const order = orderOf(body, action);
    const alert = this.openAlert(alertId, action);
    const { commandId, outcome } = await this.send(alert, action, order);
    response.status(outcome === 'sent' ? 202 : 200);
    return { disclaimer: LIVE_DISCLAIMER, commandId, action, outcome, alert };
  }

  private openAlert(alertId: string, action: AlertCommand['action']): Alert {
    const alert = this.board.alert(alertId);
    if (alert === undefined) {
      throw new ProblemException(
        'not-found',
        'the alert is not known, or was resolved a while ago; see GET /api/alerts',
      );
    }
    if (alert.state !== 'resolved' || action === 'resolve') return alert;
    throw new ProblemException('conflict', 'the alert is resolved and never comes back; nothing can be done to it');
  }

  private async send(alert: Alert, action: AlertCommand['action'], order: AlertOrder) {
    try {
      return await this.orders.order(alert, action, order);
    } catch (error) {
      if (!(error instanceof EventLogError)) throw error;
      this.logger.warn('a command was not taken by the log', { code: error.code, error: error.message });
      throw new ProblemException(
        'log-unavailable',
        'the log did not confirm the command; see whether the alert changes, and ask again if it does not',
      );
    }
  }
}

function orderOf(body: unknown, action: AlertCommand['action']): AlertOrder {
  const result = alertOrderSchema.safeParse(body);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw new ProblemException('bad-request', `${path.join('.') || 'body'}: ${message}`);
  }
  if ((action === 'snooze') === (result.data.forMinutes !== undefined)) return result.data;
  throw new ProblemException(
    'bad-request',
    'forMinutes: expected the length of the snooze with snooze, and with no other action',
  );
}
